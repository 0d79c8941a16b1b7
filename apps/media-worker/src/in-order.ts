/**
 * Runs tasks of the same key one after another, in the order in which they were handed in: so a device's "close all"
 * also closes what it asked for just before.
 */
export class InOrder {
  readonly #tails = new Map<string, Promise<unknown>>();

  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(key) ?? Promise.resolve();
    const result = before.then(task, task);
    const tail = result.catch(() => undefined); // the caller gets the error; the next task does not care
    this.#tails.set(key, tail);
    void tail.then(() => {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    });
    return result;
  }

  /** Keys with work in hand. */
  get size(): number {
    return this.#tails.size;
  }
}
