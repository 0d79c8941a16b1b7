import type { Depacketizer, FrameInfo } from './depacketizer.js';
import type { RtpPacket } from './rtp-packet.js';

export interface AssembledFrame extends FrameInfo {
  /** RTP timestamp. */
  readonly timestamp: number;
}

/** More than any frame of a call, so that a missing marker does not gather memory. */
const MOST_BYTES = 8 << 20;

/** Gathers the packets of one video source, in order, into whole frames. */
export class FrameAssembler {
  #parts: Buffer[] = [];
  #bytes = 0;
  #timestamp: number | undefined;
  /** The next packet begins a frame, since the one before it ended one. */
  #atStart = false;
  #dropped = 0;

  constructor(private readonly depacketizer: Depacketizer) {}

  /** Frames begun and not completed. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Adds a packet; answers the frame that it completes. `afterLoss`: packets before it are missing. */
  add(packet: RtpPacket, afterLoss: boolean): AssembledFrame | undefined {
    if (afterLoss) this.#abandon(false);
    // A new timestamp without a marker before it: the last frame's end is unknown.
    else if (this.#timestamp !== undefined && this.#timestamp !== packet.timestamp) this.#abandon(true);
    const part = this.depacketizer.part(packet.payload);
    const begins = this.#timestamp === undefined;
    if (!part || (begins && !(part.startsFrame ?? this.#atStart))) {
      this.#abandon(packet.marker);
      return undefined;
    }
    this.#timestamp = packet.timestamp;
    this.#parts.push(...part.data);
    this.#bytes += packet.payload.length;
    if (this.#bytes > MOST_BYTES) this.#abandon(false);
    if (!packet.marker || this.#timestamp === undefined) return undefined;
    const frame = this.depacketizer.frame(this.#parts);
    if (!frame) {
      this.#dropped++;
      this.depacketizer.reset();
    }
    this.#clear(true);
    return frame && { ...frame, timestamp: packet.timestamp };
  }

  #abandon(atStart: boolean): void {
    if (this.#timestamp !== undefined) this.#dropped++;
    this.depacketizer.reset();
    this.#clear(atStart);
  }

  #clear(atStart: boolean): void {
    this.#parts = [];
    this.#bytes = 0;
    this.#timestamp = undefined;
    this.#atStart = atStart;
  }
}
