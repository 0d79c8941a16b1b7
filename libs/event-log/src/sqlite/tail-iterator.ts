import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Position, RecordedEvent, TailOptions } from '../event-log.js';
import type { EventDatabase } from './event-database.js';
import { eventMatcher } from './event-matching.js';
import { EventScan } from './event-scan.js';
import type { CommittedEvents, FeedListener, LiveFeed } from './live-feed.js';

type Batch = readonly RecordedEvent[];

/** A reader that has so many events, or characters of JSON, waiting for it is slow: it goes back to the store. */
const MAX_WAITING_EVENTS = 1_024;
const MAX_WAITING_SIZE = 4 * 1_048_576;

/**
 * A tail of the log. It reads from the store until it has seen the head, and in that same turn of the event loop begins to
 * take what the feed brings. Commits reach the feed in a later turn than the store, so nothing is missed; those that the
 * store has shown already stand at or before the cursor, so nothing comes twice.
 */
export class TailIterator implements AsyncIterator<Batch, undefined>, FeedListener {
  readonly #scan: EventScan;
  readonly #matches: ((event: RecordedEvent) => boolean) | undefined;
  readonly #signal: AbortSignal | undefined;
  /** Whether the feed's events are taken; else the next are read from the store, after the scan's cursor. */
  #live = false;
  #waiting: RecordedEvent[] = [];
  #waitingSize = 0;
  #ended = false;
  #wake: (() => void) | undefined;
  #order: Promise<unknown> = Promise.resolve();

  constructor(
    readonly database: EventDatabase,
    readonly feed: LiveFeed,
    after: Position,
    options: TailOptions,
  ) {
    this.#scan = new EventScan(database, options, 'forwards', after);
    this.#matches = eventMatcher(options);
    this.#signal = options.signal;
    feed.add(this);
    if (this.#signal?.aborted) this.end();
    else this.#signal?.addEventListener('abort', this.#abort, { once: true });
  }

  readonly #abort = (): void => this.end();

  next(): Promise<IteratorResult<Batch, undefined>> {
    const result = this.#order.then(() => this.#next());
    // Its failure goes to its caller, not to the next one.
    this.#order = Promise.allSettled([result]);
    return result;
  }

  return(): Promise<IteratorResult<Batch, undefined>> {
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  receive({ events, sizes }: CommittedEvents): void {
    if (!this.#live) return;
    for (const [i, event] of events.entries()) {
      if (event.position <= this.#scan.cursor) continue;
      if (this.#waiting.length >= MAX_WAITING_EVENTS || this.#waitingSize >= MAX_WAITING_SIZE) {
        this.#live = false;
        break;
      }
      this.#scan.cursor = event.position;
      if (this.#matches !== undefined && !this.#matches(event)) continue;
      this.#waiting.push(event);
      this.#waitingSize += sizes[i] as number;
    }
    if (this.#waiting.length > 0) this.#wakeUp();
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#live = false;
    this.#waiting = [];
    this.feed.remove(this);
    this.#signal?.removeEventListener('abort', this.#abort);
    this.#wakeUp();
  }

  async #next(): Promise<IteratorResult<Batch, undefined>> {
    try {
      for (;;) {
        if (this.#ended) return { done: true, value: undefined };
        if (this.#waiting.length > 0) return { done: false, value: this.#takeWaiting() };
        if (this.#live) {
          await new Promise<void>(resolve => (this.#wake = resolve));
          continue;
        }
        const page = this.#readStore();
        // Other work gets its turn before the page is handled and the next one read.
        if (!this.#live || page.length > 0) await nextTurn();
        if (page.length > 0 && !this.#ended) return { done: false, value: page };
      }
    } catch (error) {
      this.end();
      throw error;
    }
  }

  #takeWaiting(): Batch {
    const batch = this.#waiting;
    this.#waiting = [];
    this.#waitingSize = 0;
    return batch;
  }

  #readStore(): RecordedEvent[] {
    const head = this.database.head();
    const page = this.#scan.page(head);
    this.#live = this.#scan.isDone(head);
    return page;
  }

  #wakeUp(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}
