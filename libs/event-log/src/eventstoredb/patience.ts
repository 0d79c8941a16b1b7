/** Milliseconds that the server may take to answer anything; then it counts as unavailable. */
export const ANSWER_WITHIN_MS = 5_000;
/** The last part of them, for answers that have come while this process was busy: they are taken before it is over. */
const GRACE_MS = 100;

/** Waits for an answer, for ANSWER_WITHIN_MS. */
export class Patience {
  #timer: NodeJS.Timeout;

  constructor(onLate: () => void) {
    this.#timer = setTimeout(() => (this.#timer = setTimeout(onLate, GRACE_MS)), ANSWER_WITHIN_MS - GRACE_MS);
  }

  /** It has come. */
  end(): void {
    clearTimeout(this.#timer);
  }
}
