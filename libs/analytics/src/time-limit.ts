/** So much time for several pieces of work together; what passes between them does not count. */
export class TimeLimit {
  readonly #exceeded = new AbortController();
  #leftMs: number;

  constructor(seconds: number) {
    this.#leftMs = seconds * 1000;
  }

  /** Aborts once the time is used up. */
  get signal(): AbortSignal {
    return this.#exceeded.signal;
  }

  async spend<T>(work: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    const timer = setTimeout(() => this.#exceeded.abort(), Math.max(0, this.#leftMs));
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      this.#leftMs -= performance.now() - begun;
    }
  }
}
