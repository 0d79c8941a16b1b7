import type { RecordedEvent } from '../event-log.js';

/** The events of one transaction, in log order, with the characters of JSON of each. */
export interface CommittedEvents {
  readonly events: readonly RecordedEvent[];
  readonly sizes: readonly number[];
}

export interface FeedListener {
  receive(committed: CommittedEvents): void;
  /** The log closes: nothing more will come. */
  end(): void;
}

/** Hands what the writer has committed to whoever listens, without another read of the store. */
export class LiveFeed {
  readonly #listeners = new Set<FeedListener>();

  add(listener: FeedListener): void {
    this.#listeners.add(listener);
  }

  remove(listener: FeedListener): void {
    this.#listeners.delete(listener);
  }

  publish(committed: CommittedEvents): void {
    for (const listener of this.#listeners) listener.receive(committed);
  }

  end(): void {
    for (const listener of this.#listeners) listener.end();
    this.#listeners.clear();
  }
}
