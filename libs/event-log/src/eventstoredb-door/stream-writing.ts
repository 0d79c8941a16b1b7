import { randomUUID } from 'node:crypto';
import { RevisionConflict } from '../event-log-errors.js';
import type { EventLog, ExpectedRevision, NewEvent, Position } from '../event-log.js';
import { fromWireEvent, JSON_TYPE, type WireEvent } from '../eventstoredb/wire-event.js';
import { repeatedId, uuidOf } from '../eventstoredb/wire-id.js';
import {
  DELETED_METADATA,
  isMetadataStream,
  METADATA_TYPE,
  metadataStreamOf,
  TOMBSTONE_TYPE,
  undeletedMetadata,
} from './stream-metadata.js';
import type { StreamStates } from './stream-states.js';

/** What became of a write; revisions are the stream's last, -1 for none. */
export type WriteOutcome =
  | { readonly kind: 'written'; readonly revision: number; readonly position?: Position }
  | { readonly kind: 'wrong-version'; readonly actual: number }
  | { readonly kind: 'deleted' };

/** What the rules of EventStoreDB say of a write before it is made. */
type Decision = { readonly kind: 'write'; readonly last: number; readonly undelete: boolean } | WriteOutcome;

/**
 * Writes to streams by EventStoreDB's rules of expected revisions, repeats and deletion. The log's own rules agree with
 * them on nearly all appends, which therefore go straight to it; the rest is decided here, one write of a stream at a time.
 */
export class StreamWriting {
  readonly #log: EventLog;
  readonly #states: StreamStates;
  /** Writes of streams that must not overtake each other. */
  readonly #underWay = new Map<string, Promise<unknown>>();

  constructor(log: EventLog, states: StreamStates) {
    this.#log = log;
    this.#states = states;
  }

  async append(
    stream: string,
    wireEvents: readonly WireEvent[],
    expected: ExpectedRevision,
  ): Promise<WriteOutcome> {
    const now = new Date().toISOString();
    const events = wireEvents.map(event => fromWireEvent(event, now));
    const byRules = (): Promise<WriteOutcome> => this.#appendByRules(stream, events, expected);
    if (!this.#underWay.has(stream)) {
      return (await this.#appendByLog(stream, events, expected)) ?? this.#inTurn(stream, byRules);
    }
    return this.#inTurn(stream, async () => (await this.#appendByLog(stream, events, expected)) ?? byRules());
  }

  /** The outcome where the log's rules are EventStoreDB's; undefined, and nothing written, where they may not be. */
  async #appendByLog(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<WriteOutcome | undefined> {
    const known = this.#states.of(stream);
    const state = known instanceof Promise ? await known : known;
    if (state.isTombstoned) return { kind: 'deleted' };
    if (state.limits.isDeleted || events.length === 0 || hasRepeats(events)) return undefined;
    try {
      const { events: recorded, revision, position } = await this.#log.append(stream, events, expected);
      const first = expected === 'no-stream' ? 0 : typeof expected === 'number' ? expected + 1 : undefined;
      const isThere = first === undefined || recorded.every((event, i) => event.revision === first + i);
      if (!isThere) return undefined;
      if (isMetadataStream(stream)) this.#states.forget(stream);
      return { kind: 'written', revision, position };
    } catch (error) {
      if (error instanceof RevisionConflict) return undefined;
      throw error;
    }
  }

  /** Deletes a stream so that it can be written again: its metadata says that all its events are gone. */
  delete(stream: string, expected: ExpectedRevision): Promise<WriteOutcome> {
    return this.#inTurn(stream, async () => {
      const decision = await this.#decide(stream, [], expected);
      if (decision.kind !== 'write') return decision;
      return this.#writeMetadata(stream, DELETED_METADATA);
    });
  }

  /** Deletes a stream for good. */
  tombstone(stream: string, expected: ExpectedRevision): Promise<WriteOutcome> {
    return this.#inTurn(stream, async () => {
      for (;;) {
        const decision = await this.#decide(stream, [], expected);
        if (decision.kind !== 'write') return decision;
        const outcome = await this.#appendAt(stream, [systemEvent(TOMBSTONE_TYPE, '')], decision.last);
        if (outcome === undefined) continue;
        this.#states.forget(stream);
        return outcome;
      }
    });
  }

  async #appendByRules(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<WriteOutcome> {
    for (;;) {
      const decision = await this.#decide(stream, events, expected);
      if (decision.kind !== 'write') return decision;
      const { last, undelete } = decision;
      if (events.length === 0) return { kind: 'written', revision: last };
      const outcome = await this.#appendAt(stream, events, last);
      if (outcome === undefined) continue;
      if (undelete) {
        const metadata = await this.#states.lastEvent(metadataStreamOf(stream));
        if (metadata) await this.#writeMetadata(stream, undeletedMetadata(metadata, last + 1));
      }
      if (isMetadataStream(stream)) this.#states.forget(stream);
      return outcome;
    }
  }

  /** EventStoreDB's rules, in their order. */
  async #decide(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Decision> {
    const { isTombstoned, limits } = await this.#states.of(stream);
    if (isTombstoned) return { kind: 'deleted' };
    const last = (await this.#states.lastEvent(stream))?.revision ?? -1;
    const wrong: WriteOutcome = { kind: 'wrong-version', actual: last };
    const write: Decision = { kind: 'write', last, undelete: limits.isDeleted };
    if (expected === 'stream-exists') {
      if (limits.isDeleted) return { kind: 'deleted' };
      const exists = last >= 0 || (await this.#states.lastEvent(metadataStreamOf(stream))) !== undefined;
      if (!exists) return wrong;
    }
    if (expected === 'any' || expected === 'stream-exists') {
      const found = await this.#findAll(stream, events);
      if (events.length === 0 || found[0] === undefined) return write;
      const end = found.at(-1);
      return found.includes(undefined) || end === undefined ? wrong : { kind: 'written', ...end };
    }
    const wanted = expected === 'no-stream' ? -1 : expected;
    if (wanted > last) return wrong;
    if (wanted === last) return write;
    const there = await this.#repeatAt(stream, events, wanted + 1);
    if (there !== undefined) return there;
    return wanted === -1 && limits.isDeleted ? write : wrong;
  }

  /** Where each of the events stands in the stream, by the ids that the wire gave them. */
  async #findAll(
    stream: string,
    events: readonly NewEvent[],
  ): Promise<({ revision: number; position: Position } | undefined)[]> {
    const found = new Map<string, { revision: number; position: Position }>();
    const ids = events.map(event => uuidOf(event.id));
    const wanted = new Set(ids);
    if (wanted.size > 0) {
      for await (const { id, revision, position } of this.#log.readStream(stream)) {
        const uuid = uuidOf(id);
        if (wanted.has(uuid) && !found.has(uuid)) found.set(uuid, { revision, position });
      }
    }
    return ids.map(id => found.get(id));
  }

  /** The outcome of an earlier append of the same events from this revision on, if that is what stands there. */
  async #repeatAt(
    stream: string,
    events: readonly NewEvent[],
    from: number,
  ): Promise<WriteOutcome | undefined> {
    let compared = 0;
    let outcome: WriteOutcome | undefined;
    if (events.length === 0) return undefined;
    for await (const { id, revision, position } of this.#log.readStream(stream, {
      from,
      limit: events.length,
    })) {
      if (uuidOf(id) !== uuidOf((events[compared] as NewEvent).id)) return undefined;
      compared += 1;
      outcome = { kind: 'written', revision, position };
    }
    return compared === events.length ? outcome : undefined;
  }

  /** Appends after this revision what may stand in the stream already; undefined when another writer was faster. */
  async #appendAt(
    stream: string,
    events: readonly NewEvent[],
    last: number,
  ): Promise<WriteOutcome | undefined> {
    const written = hasRepeats(events) ? undefined : await this.#appendFresh(stream, events, last);
    if (written !== undefined) return written;
    const seen = new Set<string>();
    const known = await this.#findAll(stream, events);
    const fresh = events.map((event, i) => {
      const again = known[i] !== undefined || seen.has(event.id);
      seen.add(event.id);
      return again ? { ...event, id: repeatedId(event.id, last + 1 + i) } : event;
    });
    return this.#appendFresh(stream, fresh, last);
  }

  /** Appends after this revision; undefined, and nothing written, when the log has other events there or these elsewhere. */
  async #appendFresh(
    stream: string,
    events: readonly NewEvent[],
    last: number,
  ): Promise<WriteOutcome | undefined> {
    try {
      const result = await this.#log.append(stream, events, last < 0 ? 'no-stream' : last);
      const { revision, position } = result;
      return result.events[0]?.revision === last + 1 ? { kind: 'written', revision, position } : undefined;
    } catch (error) {
      if (error instanceof RevisionConflict) return undefined;
      throw error;
    }
  }

  async #writeMetadata(stream: string, json: string): Promise<WriteOutcome> {
    const { revision, position } = await this.#log.append(
      metadataStreamOf(stream),
      [systemEvent(METADATA_TYPE, json)],
      'any',
    );
    this.#states.forget(stream);
    return { kind: 'written', revision, position };
  }

  async #inTurn<T>(stream: string, work: () => Promise<T>): Promise<T> {
    const before = this.#underWay.get(stream) ?? Promise.resolve();
    const done = before.then(work);
    const settled = Promise.allSettled([done]);
    this.#underWay.set(stream, settled);
    try {
      return await done;
    } finally {
      if (this.#underWay.get(stream) === settled) this.#underWay.delete(stream);
    }
  }
}

function hasRepeats(events: readonly NewEvent[]): boolean {
  return events.length > 1 && new Set(events.map(event => event.id)).size < events.length;
}

function systemEvent(type: string, json: string): NewEvent {
  const empty = Buffer.alloc(0);
  const contentType = json === '' ? 'application/octet-stream' : JSON_TYPE;
  const event = { id: randomUUID(), type, contentType, data: Buffer.from(json), metadata: empty };
  return fromWireEvent(event, new Date().toISOString());
}
