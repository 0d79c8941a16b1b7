import type { Reaction } from './protocol.js';

/** Ends reactions when they have been shown for as long as they are meant to be. */
export class ReactionTimers {
  readonly #running = new Set<ReturnType<typeof setTimeout>>();

  constructor(private readonly over: (id: number) => void) {}

  /** @param id that of the reaction in the state of the meeting */
  start(id: number, { duration }: Reaction): void {
    const timer = setTimeout(() => {
      this.#running.delete(timer);
      this.over(id);
    }, duration * 1000);
    this.#running.add(timer);
  }

  close(): void {
    for (const timer of this.#running) clearTimeout(timer);
    this.#running.clear();
  }
}
