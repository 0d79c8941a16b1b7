/** What the main thread and the writer's thread say to each other. Types only: the thread runs untranspiled in tests. */

export interface WriterOptions {
  readonly databasePath: string;
  readonly schema: string;
  readonly schemaVersion: number;
  /** The length of a segment of the schema, in positions. */
  readonly segmentLength: number;
  /** SQL: tables `g` and `e`, the events of a stream by its segments. */
  readonly eventsByStream: string;
}

/** Expected revision as a number: a revision, or -1 no-stream, -2 any, -4 stream-exists. */
export type ExpectedCode = number;

/**
 * Appends one after another in one flat list, which is cheaper to hand over than nested ones. Each append is: stream,
 * expected (ExpectedCode), number of events; then for each event: id, type, version, time, data, metadata (JSON texts).
 */
export type AppendFields = readonly (string | number)[];

export interface AppendsMessage {
  readonly fields: AppendFields;
  /** Characters of data and metadata in it, so that a transaction can be kept short. */
  readonly size: number;
}

export type ToWriter = AppendsMessage | 'close';

/** How one append ended; first number of its outcome. */
export type Written = 0;
export type Repeated = 1;
export type Conflicted = 2;

/**
 * What became of the appends of one transaction, in the order in which they were sent, in one flat list. Each is:
 * Written, position and revision of its first event | Repeated, the position of each of its events | Conflicted, the
 * stream's last revision.
 */
export interface Committed {
  readonly count: number;
  readonly outcomes: readonly number[];
}

/** The transaction failed, and nothing of it was written. */
export interface Failed {
  readonly count: number;
  readonly error: string;
}

export type FromWriter = 'opened' | Committed | Failed;
