/**
 * Runs tasks of the same key one after another, in the order in which they were handed in: so a device's "close all"
 * also closes what it asked for just before.
 */
export class InOrder {
  readonly #tails = new Map<string, Promise<unknown>>();

  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(key) ?? Promise.resolve();
    const result = before.then(task, task);
    const forget = (): void => {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    };
    // The caller gets the error; the next task does not care.
    const tail = result.then(forget, forget);
    this.#tails.set(key, tail);
    return result;
  }

  /** Keys with work in hand. */
  get size(): number {
    return this.#tails.size;
  }
}
