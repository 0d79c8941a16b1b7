import type { ReadStreamOptions, RecordedEvent } from '../event-log.js';
import type { Connection } from './connection.js';
import type { Pages } from '../paged-events.js';
import { collectPages, StreamPages } from './stream-pages.js';

/**
 * `EventLog.readStream` on a server, which reads forwards to wherever the stream has grown meanwhile: so its last revision
 * is asked for at the same time.
 * @throws LogUnavailable when the connection is closed.
 */
export function readStreamPages(connection: Connection, stream: string, options: ReadStreamOptions): Pages {
  const { from, direction = 'forwards', limit = Infinity } = options;
  if (limit <= 0 || (direction === 'backwards' && from !== undefined && from < 0)) {
    return { next: () => Promise.resolve(undefined), leave: () => undefined };
  }
  if (direction === 'backwards') return new StreamPages(connection, stream, options);
  const pages = new StreamPages(connection, stream, { ...options, from: Math.max(0, from ?? 0) });
  const last = collectPages(new StreamPages(connection, stream, { direction: 'backwards', limit: 1 }));
  return new PagesToTheEnd(
    pages,
    last.then(([event]) => event?.revision ?? -1),
  );
}

/** Pages up to the revision that is the last at the beginning. */
class PagesToTheEnd implements Pages {
  #done = false;

  constructor(
    readonly pages: Pages,
    readonly last: Promise<number>,
  ) {
    // It may fail before anybody asks for it.
    void Promise.allSettled([last]);
  }

  async next(): Promise<readonly RecordedEvent[] | undefined> {
    if (this.#done) return undefined;
    const [page, last] = await Promise.all([this.pages.next(), this.last]);
    if (page === undefined) return undefined;
    this.#done = (page.at(-1)?.revision ?? -1) >= last;
    return this.#done ? page.filter(event => event.revision <= last) : page;
  }

  leave(): void {
    this.pages.leave();
  }
}
