import { START, type ReadAllOptions, type RecordedEvent } from '../event-log.js';
import { eventMatcher } from '../sqlite/event-matching.js';
import { AllPages, lastEvent } from './all-pages.js';
import type { Connection } from './connection.js';
import type { Pages } from '../paged-events.js';
import { fitsNothing } from './server-filter.js';
import { SubscriptionPages } from './subscription-pages.js';

const NOTHING: Pages = { next: () => Promise.resolve(undefined), leave: () => undefined };

/**
 * `EventLog.readAll` on a server. Its reading of all events knows no filter, its subscription does: so forwards with a filter
 * is a subscription that is left at the head, and everything else is read and looked through here.
 * @throws LogUnavailable when the connection is closed.
 */
export function readAllPages(connection: Connection, options: ReadAllOptions): Pages {
  const { from, direction = 'forwards', limit = Infinity, types, streamPrefixes } = options;
  if (limit <= 0 || fitsNothing(options)) return NOTHING;
  const filtered = types !== undefined || streamPrefixes !== undefined;
  if (direction === 'backwards') {
    if (from !== undefined && from <= START) return NOTHING;
    const pages = new AllPages(connection, direction, from, filtered ? Infinity : limit);
    return new LimitedPages(options, limit, Promise.resolve(Infinity), () => pages);
  }
  const last = lastEvent(connection);
  // It may fail before anybody asks for it.
  void Promise.allSettled([last]);
  const after = from === undefined || from <= START ? undefined : from;
  const open = filtered
    ? async (): Promise<Pages> => new SubscriptionPages(connection, after ?? START, options, await last)
    : (
        (pages: Pages) => () =>
          pages
      )(new AllPages(connection, direction, after, limit));
  return new LimitedPages(
    options,
    limit,
    last.then(event => event?.position ?? START),
    open,
    from ?? START,
  );
}

/** Of pages, the events that fit the filter, up to a position and to a number of them. */
class LimitedPages implements Pages {
  readonly #matches: ((event: RecordedEvent) => boolean) | undefined;
  #pages: Pages | undefined;
  #left = false;

  /** @param until the position after which nothing is wanted. */
  constructor(
    options: ReadAllOptions,
    private limit: number,
    readonly until: Promise<number>,
    readonly open: () => Pages | Promise<Pages>,
    readonly after = -Infinity,
  ) {
    this.#matches = eventMatcher(options);
    // It may fail before anybody asks for it.
    void Promise.allSettled([until]);
  }

  async next(): Promise<readonly RecordedEvent[] | undefined> {
    const until = await this.until;
    if (this.#left || this.limit <= 0 || this.after >= until) return undefined;
    this.#pages ??= await this.open();
    const page = await this.#pages.next();
    if (page === undefined) return undefined;
    const found: RecordedEvent[] = [];
    for (const event of page) {
      if (event.position > until) break;
      if (this.#matches !== undefined && !this.#matches(event)) continue;
      found.push(event);
      this.limit -= 1;
      if (this.limit === 0) break;
    }
    if ((page.at(-1)?.position ?? -Infinity) >= until) this.limit = 0;
    return found;
  }

  leave(): void {
    this.#left = true;
    this.#pages?.leave();
  }
}
