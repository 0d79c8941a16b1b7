import type { RecordedEvent } from '../event-log.js';
import type { Connection } from './connection.js';
import { StreamPages } from './stream-pages.js';

/** What is known of a stream up to some revision. */
export interface KnownStream {
  /** Last revision; -1 when there is no stream. */
  last: number;
  /** Revision by event id. */
  readonly ids: Map<string, number>;
}

/** Ids kept in memory, of all streams: some 20 MB. */
const MAX_IDS = 200_000;

/**
 * Which event ids stand in which streams, of streams that were asked for lately. EventStoreDB has no index by id, so a stream
 * is read once, and later only what has been added.
 */
export class StreamIds {
  /** The most recently used last. */
  readonly #streams = new Map<string, KnownStream>();
  #count = 0;

  constructor(readonly connection: Connection) {}

  /** What is remembered of a stream, which may have grown since. */
  remembered(stream: string): KnownStream | undefined {
    return this.#streams.get(stream);
  }

  /** The stream up to its end as it is now. */
  async upToDate(stream: string): Promise<KnownStream> {
    const known = this.#streams.get(stream) ?? { last: -1, ids: new Map<string, number>() };
    this.#streams.delete(stream);
    this.#streams.set(stream, known);
    const pages = new StreamPages(this.connection, stream, { from: known.last + 1 });
    try {
      for (let page = await pages.next(); page !== undefined; page = await pages.next()) {
        this.note(stream, page);
      }
    } finally {
      pages.leave();
    }
    return known;
  }

  /**
   * Takes in what came meanwhile.
   * @param actual the stream's last revision, as the server says.
   */
  async catchUp(stream: string, actual: number): Promise<void> {
    // Shorter than it was: another store answers at this address.
    if (actual < (this.#streams.get(stream)?.last ?? -1)) this.forget(stream);
    const known = await this.upToDate(stream);
    // The last ones were truncated, and can be read no more.
    known.last = Math.max(known.last, actual);
  }

  /** Takes in the next events of a stream. */
  note(stream: string, events: readonly RecordedEvent[]): void {
    const known = this.#streams.get(stream);
    if (known === undefined) return;
    for (const { id, revision } of events) {
      if (revision <= known.last) continue;
      known.last = revision;
      // Written twice by somebody else: the first counts.
      if (known.ids.has(id)) continue;
      known.ids.set(id, revision);
      this.#count += 1;
    }
    for (const oldest of this.#streams.keys()) {
      if (this.#count <= MAX_IDS || oldest === stream) break;
      this.forget(oldest);
    }
  }

  forget(stream: string): void {
    this.#count -= this.#streams.get(stream)?.ids.size ?? 0;
    this.#streams.delete(stream);
  }
}
