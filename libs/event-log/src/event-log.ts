/** Where an event stands in the whole log: a safe integer that rises from event to event, not without gaps. Meaningful only to the log that gave it. */
export type Position = number;
export const START: Position = -1;

/**
 * Largest event, data and metadata together, in bytes of UTF-8 JSON. EventStoreDB takes 1 MiB, of which this leaves the
 * rest for what an adapter adds.
 */
export const MAX_EVENT_BYTES = 1_000_000;

export interface EventMetadata {
  /** What everything that one outside request caused has in common. */
  readonly correlationId: string;
  /** Id of the event or request that caused this one directly. */
  readonly causationId?: string;
  /** User id of who did it. */
  readonly userId: string;
}

export interface NewEvent {
  /** Chosen by the writer; appending the same ids again appends nothing. */
  readonly id: string;
  readonly type: string;
  /** Version of the type's shape, from 1. */
  readonly version: number;
  /** When it happened: ISO 8601, UTC, from the writer's clock. */
  readonly time: string;
  readonly data: unknown;
  readonly metadata: EventMetadata;
}

export interface RecordedEvent extends NewEvent {
  readonly stream: string;
  /** Place in its stream, from 0, without gaps. */
  readonly revision: number;
  readonly position: Position;
}

/** What the writer believes of the stream: its last revision, or that it is new, exists, or that it does not matter. */
export type ExpectedRevision = number | 'no-stream' | 'stream-exists' | 'any';

export interface AppendResult {
  /** Revision and position of the last event of this append (of the earlier append when it was a repeat). */
  readonly revision: number;
  readonly position: Position;
  /** The events as recorded, in order. */
  readonly events: readonly RecordedEvent[];
}

export type Direction = 'forwards' | 'backwards';

export interface EventFilter {
  readonly types?: readonly string[];
  /** Streams whose name begins with one of these. */
  readonly streamPrefixes?: readonly string[];
}

export interface ReadStreamOptions {
  /** First revision to read, inclusive; from the end when absent and reading backwards. */
  readonly from?: number;
  readonly direction?: Direction;
  readonly limit?: number;
}

export interface ReadAllOptions extends EventFilter {
  /** Forwards: events after this position (START for all). Backwards: events before it (absent for all). Exclusive both ways. */
  readonly from?: Position;
  readonly direction?: Direction;
  readonly limit?: number;
}

export interface TailOptions extends EventFilter {
  /** Events after this position (exclusive), history first, then live; 'end' for new ones only. */
  readonly after: Position | 'end';
  readonly signal?: AbortSignal;
}

/**
 * The port that every store of events fills. Adapters: `sqlite/` (embedded) and `eventstoredb/`. Held by the contract suite in
 * `event-log-contract.ts`.
 */
export interface EventLog {
  /**
   * Appends all events or none; resolved once they are durable.
   * @throws RevisionConflict when the stream is not as expected; an append whose event ids all stand in the stream
   *   already, in that order, is a repeat: it succeeds and appends nothing.
   * Data and metadata are recorded as JSON: what comes back is what JSON keeps of them.
   * @throws InvalidAppend when no log could take it: no events, an id twice, data that is not JSON, an empty name.
   * @throws EventTooLarge (an InvalidAppend) when an event exceeds MAX_EVENT_BYTES.
   * @throws LogUnavailable when the store cannot be reached.
   */
  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<AppendResult>;
  /** Events of one stream, up to its end as it was when reading began; none for a stream that does not exist. */
  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent>;
  /** Events of all streams in log order, up to the head as it was when reading began. */
  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent>;
  /**
   * Batches of events in log order, without gap or repeat across the switch from history to live; never an empty batch.
   * Ends when `signal` aborts or the log closes. A slow reader falls back to reading from the store: memory stays flat.
   */
  tail(options: TailOptions): AsyncIterable<readonly RecordedEvent[]>;
  /** Position of the last event; START when the log is empty. */
  head(): Promise<Position>;
  /**
   * Where to read from (exclusive) to get what happened at a time or later: the position of an event after which none is
   * older. START when all are as late.
   * @param time ISO 8601, UTC. Events are taken to be in the order of their times, as far as writers' clocks agree.
   */
  positionBefore(time: string): Promise<Position>;
  /** Finishes the appends under way, then ends all tails; afterwards everything is refused with LogUnavailable. */
  close(): Promise<void>;
}

/** What a process may do that only looks at a log which another may own. */
export type EventLogReader = Pick<EventLog, 'readStream' | 'readAll' | 'head' | 'positionBefore' | 'close'>;
