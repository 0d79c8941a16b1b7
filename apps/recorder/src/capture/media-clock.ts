/** Off by more than this at once: the source's clock jumped. */
const JUMP_MS = 2000;
/** Later by more than this for a whole second: the source's clock stood still, as audio clocks do while nothing is sent. */
const LASTING_MS = 300;
const WINDOW_MS = 1000;
/** Fewer packets than this say nothing about a whole second. */
const LEAST_PACKETS = 10;

export interface MediaTime {
  /** Milliseconds since the epoch, by the source's own clock. */
  readonly at: number;
  /** The clock was set anew by this many milliseconds. */
  readonly reanchoredBy?: number;
  /** Once a second: the least by which packets arrived later than the clock says, milliseconds; negative when earlier. */
  readonly smallestDelay?: number;
}

/**
 * The time of a track's media: its RTP clock, anchored to the arrival of the first packet. What the first packet's own
 * delay was is not known then; the smallest delay of later ones tells, and composition subtracts it.
 */
export class MediaClock {
  #last: number | undefined;
  #ticks = 0;
  #base = 0;
  #windowStart = 0;
  #smallest = Infinity;
  #packets = 0;

  /** @param epoch milliseconds since 1970 */
  constructor(
    private readonly clockRate: number,
    private readonly epoch: number,
  ) {}

  /** @param timestamp RTP timestamp, 32 bits. @param arrivedAt milliseconds since 1970 */
  timeOf(timestamp: number, arrivedAt: number): MediaTime {
    const arrival = arrivedAt - this.epoch;
    if (this.#last === undefined) {
      this.#last = timestamp;
      this.#base = arrival;
      this.#windowStart = arrival;
    }
    // The difference of two 32-bit clocks as a signed number: right across the wrap, forwards and backwards.
    this.#ticks += (timestamp - this.#last) | 0;
    this.#last = timestamp;
    const at = this.#base + (this.#ticks * 1000) / this.clockRate;
    const delay = arrival - at;
    if (Math.abs(delay) > JUMP_MS) return this.#reanchor(arrival, at, delay);
    this.#smallest = Math.min(this.#smallest, delay);
    this.#packets++;
    if (arrival - this.#windowStart < WINDOW_MS) return { at };
    const smallestDelay = this.#smallest;
    if (smallestDelay > LASTING_MS && this.#packets >= LEAST_PACKETS)
      return this.#reanchor(arrival, at, smallestDelay);
    this.#openWindow(arrival);
    return { at, smallestDelay };
  }

  #reanchor(arrival: number, at: number, by: number): MediaTime {
    this.#base += by;
    this.#openWindow(arrival);
    return { at: at + by, reanchoredBy: by };
  }

  #openWindow(arrival: number): void {
    this.#windowStart = arrival;
    this.#smallest = Infinity;
    this.#packets = 0;
  }
}
