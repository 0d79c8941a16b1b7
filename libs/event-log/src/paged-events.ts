import type { RecordedEvent } from './event-log.js';

/** Pages of events; a page may be empty. */
export interface Pages {
  /** Undefined when there are no more. */
  next(): Promise<readonly RecordedEvent[] | undefined>;
  /** Nothing more is wanted. */
  leave(): void;
}

/**
 * Events one by one from pages. Written out rather than as an async generator, which is several times slower.
 * @param open called when iteration begins.
 */
export function pagedEvents(open: () => Pages): AsyncIterable<RecordedEvent> {
  return { [Symbol.asyncIterator]: () => new PagedIterator(open) };
}

class PagedIterator implements AsyncIterator<RecordedEvent, undefined> {
  #pages: Pages | undefined;
  #page: readonly RecordedEvent[] = [];
  #at = 0;
  #ended = false;
  #loading: Promise<unknown> | undefined;

  constructor(readonly open: () => Pages) {}

  next(): Promise<IteratorResult<RecordedEvent, undefined>> {
    if (this.#loading !== undefined) return this.#loading.then(() => this.next());
    const event = this.#page[this.#at];
    if (event !== undefined) {
      this.#at += 1;
      return Promise.resolve({ done: false, value: event });
    }
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    const loading = this.#load().finally(() => (this.#loading = undefined));
    // Its failure goes to the caller whose next() began it.
    this.#loading = Promise.allSettled([loading]);
    return loading.then(() => this.next());
  }

  return(): Promise<IteratorResult<RecordedEvent, undefined>> {
    this.#end();
    return Promise.resolve({ done: true, value: undefined });
  }

  async #load(): Promise<void> {
    try {
      this.#pages ??= this.open();
      for (;;) {
        const page = await this.#pages.next();
        if (this.#ended) return;
        if (page === undefined) return this.#end();
        if (page.length === 0) continue;
        [this.#page, this.#at] = [page, 0];
        return;
      }
    } catch (error) {
      this.#end();
      throw error;
    }
  }

  #end(): void {
    this.#ended = true;
    this.#page = [];
    this.#pages?.leave();
  }
}
