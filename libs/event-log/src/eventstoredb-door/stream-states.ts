import type { EventLog, RecordedEvent } from '../event-log.js';
import {
  isMetadataStream,
  metadataStreamOf,
  originalStreamOf,
  streamLimits,
  TOMBSTONE_TYPE,
  type StreamLimits,
} from './stream-metadata.js';

/** What must be known of a stream before it is read or written. */
export interface StreamState {
  readonly limits: StreamLimits;
  /** It, or the stream whose metadata it is, was deleted for good. */
  readonly isTombstoned: boolean;
}

const MAX_REMEMBERED = 20_000;

/**
 * Remembers what deletions and metadata say of streams. Nothing but a door writes those, so that what this door remembers
 * changes only by its own writes, which tell it so.
 */
export class StreamStates {
  readonly #log: EventLog;
  readonly #states = new Map<string, StreamState | Promise<StreamState>>();

  constructor(log: EventLog) {
    this.#log = log;
  }

  /** At once where it is remembered, so that writes keep their order. */
  of(stream: string): StreamState | Promise<StreamState> {
    let state = this.#states.get(stream);
    if (state === undefined) {
      state = this.#read(stream);
      this.#remember(stream, state);
    }
    return state;
  }

  /** To be called when something was written to the stream that may concern its state, or that of others. */
  forget(stream: string): void {
    this.#states.delete(stream);
    this.#states.delete(metadataStreamOf(stream));
    if (isMetadataStream(stream)) this.#states.delete(originalStreamOf(stream));
  }

  async lastEvent(stream: string): Promise<RecordedEvent | undefined> {
    for await (const event of this.#log.readStream(stream, { direction: 'backwards', limit: 1 }))
      return event;
    return undefined;
  }

  #remember(stream: string, reading: Promise<StreamState>): void {
    if (this.#states.size >= MAX_REMEMBERED) this.#states.clear();
    this.#states.set(stream, reading);
    const settle = (state?: StreamState): void => {
      if (this.#states.get(stream) !== reading) return;
      if (state === undefined) this.#states.delete(stream);
      else this.#states.set(stream, state);
    };
    // A failure goes to whoever asked.
    reading.then(settle, () => settle());
  }

  async #read(stream: string): Promise<StreamState> {
    const [metadata, last, original] = await Promise.all([
      this.lastEvent(metadataStreamOf(stream)),
      this.lastEvent(stream),
      isMetadataStream(stream) ? this.lastEvent(originalStreamOf(stream)) : undefined,
    ]);
    return {
      // Of metadata the last counts.
      limits: isMetadataStream(stream) ? { ...streamLimits(metadata), maxCount: 1 } : streamLimits(metadata),
      isTombstoned: last?.type === TOMBSTONE_TYPE || original?.type === TOMBSTONE_TYPE,
    };
  }
}
