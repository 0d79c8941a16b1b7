/** Asked again after this long when none came. */
const RETRY_MS = 1000;
/** A key frame at least this often, so that seeking in the file is cheap. */
const REGULAR_MS = 10_000;

/** Decides when a video track asks its sender for a key frame: at once when it cannot go on, else every ten seconds. */
export class KeyFrameRequest {
  #askedAt = -Infinity;
  #gotAt = -Infinity;

  constructor(private readonly ask: () => void) {}

  got(now: number): void {
    this.#gotAt = now;
  }

  /** Nothing can be recorded until a key frame comes. */
  needed(now: number): void {
    if (now - this.#askedAt >= RETRY_MS) this.#send(now);
  }

  /** Call with each frame. */
  regular(now: number): void {
    if (now - Math.max(this.#gotAt, this.#askedAt) >= REGULAR_MS) this.#send(now);
  }

  #send(now: number): void {
    if (now === Infinity) return; // the track ends
    this.#askedAt = now;
    this.ask();
  }
}
