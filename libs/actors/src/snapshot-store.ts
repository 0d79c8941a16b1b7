/** An aggregate's state as it was after one event of its stream. */
export interface Snapshot {
  /** Revision of the last event in it. */
  readonly revision: number;
  /** Id of that event: tells a snapshot of another history of the stream (a log restored from a backup). */
  readonly eventId: string;
  /** Plain JSON. */
  readonly state: unknown;
}

/**
 * Keeps the latest snapshot of long streams. Only a cache: whoever reads it checks it against the log, and a store that
 * loses everything costs nothing but time.
 */
export interface SnapshotStore {
  /** The snapshot kept under this version of the state's shape; undefined when there is none or it cannot be read. */
  load(stream: string, version: string): Promise<Snapshot | undefined>;
  save(stream: string, version: string, snapshot: Snapshot): Promise<void>;
  /** Removes all, without a trace. @param era a name for the time that begins, by which the store knows later that it did */
  clear(era: string): Promise<void>;
  close(): Promise<void>;
}
