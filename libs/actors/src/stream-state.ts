import { upcast, type Aggregate, type DomainEvent } from '#libs/domain';
import type { EventLog, RecordedEvent } from '#libs/event-log';
import { KeyedRevisions } from './keyed-revisions.js';
import { readPages } from './read-pages.js';
import type { Snapshot } from './snapshot-store.js';

/** An aggregate's state as far as its stream has been read. */
export class StreamState<State, Command, Event extends DomainEvent> {
  #state: State;
  #revision: number;
  #lastEventId: string | undefined;
  readonly keyed: KeyedRevisions;
  /** Revision of the latest snapshot made of it; -1 for none. */
  snapshotRevision: number;

  constructor(
    readonly aggregate: Aggregate<State, Command, Event>,
    readonly stream: string,
    private readonly log: EventLog,
    snapshot?: Snapshot,
  ) {
    this.#state = snapshot ? (snapshot.state as State) : aggregate.initial;
    this.#revision = this.snapshotRevision = snapshot?.revision ?? -1;
    this.#lastEventId = snapshot?.eventId;
    this.keyed = new KeyedRevisions(snapshot === undefined);
  }

  get state(): State {
    return this.#state;
  }
  /** Revision of the last event read; -1 for none. */
  get revision(): number {
    return this.#revision;
  }
  get lastEventId(): string | undefined {
    return this.#lastEventId;
  }

  /** Reads what the log has more of, and answers how many events that was. */
  async catchUp(): Promise<number> {
    const before = this.#revision;
    for await (const page of readPages(this.log, this.stream, before + 1)) this.#evolve(page);
    return this.#revision - before;
  }

  /** Takes in events that were appended after the last one; `state` is what deciding them led to. */
  advance(events: readonly RecordedEvent[], state: State): void {
    this.#state = state;
    this.#note(events);
  }

  #evolve(events: readonly RecordedEvent[]): void {
    let state = this.#state;
    for (const event of events) state = this.aggregate.evolve(state, upcast(event) as unknown as Event);
    this.#state = state;
    this.#note(events);
  }

  #note(events: readonly RecordedEvent[]): void {
    for (const event of events) this.keyed.note(event);
    const last = events.at(-1);
    if (!last) return;
    this.#revision = last.revision;
    this.#lastEventId = last.id;
  }
}
