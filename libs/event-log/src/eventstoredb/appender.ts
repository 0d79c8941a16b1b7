import { EventTooLarge, InvalidAppend, RevisionConflict } from '../event-log-errors.js';
import type { AppendResult, ExpectedRevision, RecordedEvent } from '../event-log.js';
import type { AppendOutcome } from './append-outcome.js';
import { appendRequests } from './append-request.js';
import type { Connection } from './connection.js';
import { FreshIds } from './fresh-ids.js';
import { ANSWER_WITHIN_MS } from './patience.js';
import { resultOf, type ProposedAppend } from './proposed-append.js';
import { StreamIds, type KnownStream } from './stream-ids.js';
import { collectPages, StreamPages } from './stream-pages.js';

type Written = Extract<AppendOutcome, { kind: 'written' }>;

/** How often an append is tried whose stream others write to as fast. */
const MAX_ATTEMPTS = 100;

/**
 * Appends to a server by the port's rules for ids. EventStoreDB's own are weaker: with the expected revision it does not look
 * at ids at all, and with 'any' it knows those that it remembers. So an append is sent as it is only when its ids are surely
 * new; of any other it is known first which of its ids stand in the stream, and it is sent with the revision up to
 * which that is known. Its answer tells nothing of an event but the last one's place: where more is needed, what was
 * recorded is read.
 */
export class Appender {
  readonly #fresh = new FreshIds();
  readonly #known: StreamIds;
  /** The last append of each stream that has one under way which must be waited for. */
  readonly #lanes = new Map<string, Promise<unknown>>();

  constructor(readonly connection: Connection) {
    this.#known = new StreamIds(connection);
  }

  /** Appends to one stream are written in the order of their calls. */
  append(append: ProposedAppend): Promise<AppendResult> {
    const fresh = this.#fresh.take(append.ids);
    const before = this.#lanes.get(append.stream);
    if (fresh && before === undefined) return this.#send(append);
    const appending = Promise.resolve(before).then(() => (fresh ? this.#send(append) : this.#check(append)));
    const lane = Promise.allSettled([appending]).then(() => {
      if (this.#lanes.get(append.stream) === lane) this.#lanes.delete(append.stream);
    });
    this.#lanes.set(append.stream, lane);
    return appending;
  }

  /** Of ids that are new. */
  async #send(append: ProposedAppend): Promise<AppendResult> {
    const { stream, expected } = append;
    const outcome = await this.#write(append, expected);
    if (outcome.kind === 'conflict') throw new RevisionConflict(stream, expected, outcome.actual);
    const { revision, position } = outcome;
    if (append.ids.length > 1 || position === undefined)
      return resultOf(await this.#recorded(append, outcome));
    return resultOf([append.recorded(revision, position)]);
  }

  /** Of ids that may stand in the stream. */
  async #check(append: ProposedAppend): Promise<AppendResult> {
    const { stream, ids, expected } = append;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      let known = attempt === 0 ? this.#known.remembered(stream) : undefined;
      if (known === undefined || !fits(expected, known.last) || standing(known, ids).length > 0) {
        known = await this.#known.upToDate(stream);
        const found = standing(known, ids);
        if (found.length === ids.length && rising(found))
          return resultOf(await this.#eventsAt(stream, found));
        if (found.length > 0 || !fits(expected, known.last)) {
          throw new RevisionConflict(stream, expected, known.last);
        }
      }
      const { last } = known;
      const outcome = await this.#write(append, last < 0 ? 'no-stream' : last);
      if (outcome.kind === 'conflict') {
        await this.#known.catchUp(stream, outcome.actual);
        continue;
      }
      // What stands there may come from somebody else who appended the same at the same time.
      const events = outcome.revision === last + ids.length ? await this.#recorded(append, outcome) : [];
      if (events.every((event, i) => event.id === ids[i]) && events.length === ids.length) {
        this.#known.note(stream, events);
        return resultOf(events);
      }
    }
    throw new RevisionConflict(stream, expected, (await this.#known.upToDate(stream)).last);
  }

  /** @throws InvalidAppend when the server takes no append of this size. */
  async #write(
    { stream, events, ids }: ProposedAppend,
    expected: ExpectedRevision,
  ): Promise<Exclude<AppendOutcome, { kind: 'too-large' }>> {
    const deadline = Date.now() + ANSWER_WITHIN_MS;
    const outcome = await this.connection
      .appends()
      .send(correlationId => appendRequests(correlationId, stream, events, expected, deadline));
    if (outcome.kind !== 'too-large') return outcome;
    const [event] = events;
    const bytes = events.reduce(
      (sum, { data, metadata }) => sum + Buffer.byteLength(data) + Buffer.byteLength(metadata),
      0,
    );
    if (events.length === 1 && event !== undefined) {
      throw new EventTooLarge(event.type, ids[0] as string, bytes, outcome.limit);
    }
    throw new InvalidAppend(
      `An append to ${stream} has ${bytes} bytes; the log takes at most ${outcome.limit} at once`,
    );
  }

  /** The events of an append that was written, as they are recorded. */
  #recorded({ stream, ids }: ProposedAppend, { revision }: Written): Promise<RecordedEvent[]> {
    return this.#range(stream, revision - ids.length + 1, ids.length);
  }

  async #eventsAt(stream: string, revisions: readonly number[]): Promise<RecordedEvent[]> {
    const first = revisions[0] as number;
    const wanted = new Set(revisions);
    const events = await this.#range(stream, first, (revisions.at(-1) as number) - first + 1);
    return events.filter(event => wanted.has(event.revision));
  }

  #range(stream: string, from: number, limit: number): Promise<RecordedEvent[]> {
    return collectPages(new StreamPages(this.connection, stream, { from, limit }));
  }
}

/** The revisions of those ids that stand in the stream. */
function standing({ ids }: KnownStream, wanted: readonly string[]): number[] {
  return wanted.map(id => ids.get(id)).filter(revision => revision !== undefined);
}

function rising(revisions: readonly number[]): boolean {
  return revisions.every((revision, i) => i === 0 || revision > (revisions[i - 1] as number));
}

function fits(expected: ExpectedRevision, last: number): boolean {
  if (expected === 'any') return true;
  if (expected === 'stream-exists') return last >= 0;
  return last === (expected === 'no-stream' ? -1 : expected);
}
