import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RecordedEvent } from '../event-log.js';

/** Reads the next events, perhaps none yet; undefined when there are no more. */
export type ReadPage = () => RecordedEvent[] | undefined;

/**
 * Events one by one from pages that are read when needed, with a turn of the event loop before each page, so that a long
 * replay does not keep it from other work. Written out rather than as an async generator, which is several times slower.
 * @param open called when iteration begins; gives the reader of pages.
 */
export function pagedEvents(open: () => ReadPage): AsyncIterable<RecordedEvent> {
  return { [Symbol.asyncIterator]: () => new PagedIterator(open) };
}

class PagedIterator implements AsyncIterator<RecordedEvent, undefined> {
  #readPage: ReadPage | undefined;
  #page: readonly RecordedEvent[] = [];
  #at = 0;
  #ended = false;
  #loading: Promise<unknown> | undefined;

  constructor(readonly open: () => ReadPage) {}

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
      this.#readPage ??= this.open();
      do {
        await nextTurn();
        if (this.#ended) return;
        const page = this.#readPage();
        if (page === undefined) this.#end();
        else [this.#page, this.#at] = [page, 0];
      } while (!this.#ended && this.#page.length === 0);
    } catch (error) {
      this.#end();
      throw error;
    }
  }

  #end(): void {
    this.#ended = true;
    this.#page = [];
  }
}
