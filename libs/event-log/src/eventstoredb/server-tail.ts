import { LogUnavailable } from '../event-log-errors.js';
import type { Position, RecordedEvent, TailOptions } from '../event-log.js';
import { eventMatcher } from '../sqlite/event-matching.js';
import { Backoff, pauseFor } from './backoff.js';
import type { Connection } from './connection.js';
import { fitsNothing } from './server-filter.js';
import { SubscriptionPages } from './subscription-pages.js';

type Batch = readonly RecordedEvent[];

/** Told when a subscription was dropped, and after how many milliseconds it is opened again. */
export type OnReconnect = (error: Error, pause: number) => void;

/**
 * A tail of the log: a subscription which is opened again, from the last position, whenever it is dropped. Its client reads
 * no further ahead than a few records, so a slow reader lets the server wait.
 */
export class ServerTail implements AsyncIterator<Batch, undefined> {
  readonly #stop = new AbortController();
  readonly #matches: ((event: RecordedEvent) => boolean) | undefined;
  readonly #backoff = new Backoff();
  #cursor: Position | undefined;
  #pages: SubscriptionPages | undefined;
  #order: Promise<unknown> = Promise.resolve();

  constructor(
    readonly connection: Connection,
    /** Where it begins; asked again until it is known. */
    readonly begin: () => Promise<Position>,
    readonly options: TailOptions,
    readonly onReconnect: OnReconnect,
    readonly onEnd: (tail: ServerTail) => void,
  ) {
    this.#matches = eventMatcher(options);
    if (options.signal?.aborted) this.end();
    else options.signal?.addEventListener('abort', this.#abort, { once: true });
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

  end(): void {
    this.#stop.abort();
    this.#pages?.leave();
    this.options.signal?.removeEventListener('abort', this.#abort);
    this.onEnd(this);
  }

  async #next(): Promise<IteratorResult<Batch, undefined>> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        const batch = await this.#read();
        if (batch.length > 0 && !signal.aborted) return { done: false, value: batch };
      } catch (error) {
        if (signal.aborted) break;
        if (!(error instanceof LogUnavailable)) {
          this.end();
          throw error;
        }
        const pause = this.#backoff.next();
        this.onReconnect(error, pause);
        await pauseFor(pause, signal);
      }
    }
    return { done: true, value: undefined };
  }

  /** What has come next and fits, perhaps nothing. */
  async #read(): Promise<Batch> {
    const { signal } = this.#stop;
    if (fitsNothing(this.options)) {
      await new Promise(resolve => signal.addEventListener('abort', resolve, { once: true }));
      return [];
    }
    this.#cursor ??= await this.begin();
    if (signal.aborted) return [];
    const pages = (this.#pages ??= new SubscriptionPages(
      this.connection,
      this.#cursor,
      this.options,
      undefined,
      true,
    ));
    try {
      const page = (await pages.next()) ?? [];
      this.#backoff.reset();
      return this.#matches === undefined ? page : page.filter(this.#matches);
    } catch (error) {
      this.#pages = undefined;
      pages.leave();
      throw error;
    } finally {
      this.#cursor = pages.cursor;
    }
  }
}
