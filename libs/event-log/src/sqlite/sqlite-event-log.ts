import type { Worker } from 'node:worker_threads';
import { LogUnavailable } from '../event-log-errors.js';
import type {
  AppendResult,
  EventLog,
  ExpectedRevision,
  NewEvent,
  Position,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
  TailOptions,
} from '../event-log.js';
import { AppendQueue } from './append-queue.js';
import type { DirectoryLock } from './directory-lock.js';
import type { EventDatabase } from './event-database.js';
import { readAll, readStream } from './event-reading.js';
import { LiveFeed } from './live-feed.js';
import { TailIterator } from './tail-iterator.js';
import type { ToWriter } from './writer-messages.js';

export interface SqliteEventLogParts {
  readonly lock: DirectoryLock;
  readonly worker: Worker;
  readonly database: EventDatabase;
}

/** The embedded event log: one writer's thread, one reading connection on the main thread. */
export class SqliteEventLog implements EventLog {
  readonly #parts: SqliteEventLogParts;
  readonly #feed = new LiveFeed();
  readonly #queue: AppendQueue;
  #closing: Promise<void> | undefined;

  constructor(parts: SqliteEventLogParts) {
    this.#parts = parts;
    this.#queue = new AppendQueue({
      worker: parts.worker,
      eventsAt: positions => parts.database.eventsAt(positions),
      onCommitted: committed => this.#feed.publish(committed),
    });
  }

  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<AppendResult> {
    return this.#queue.append(stream, events, expected);
  }

  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent> {
    return readStream(this.#parts.database, stream, options);
  }

  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent> {
    return readAll(this.#parts.database, options);
  }

  tail(options: TailOptions): AsyncIterable<readonly RecordedEvent[]> {
    const { database } = this.#parts;
    const after = options.after === 'end' && this.#closing === undefined ? database.head() : options.after;
    return {
      [Symbol.asyncIterator]: () => {
        if (this.#closing !== undefined || after === 'end') return refusal();
        return new TailIterator(database, this.#feed, after, options);
      },
    };
  }

  async head(): Promise<Position> {
    return this.#parts.database.head();
  }

  async positionBefore(time: string): Promise<Position> {
    return this.#parts.database.positionBefore(time);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { worker, database, lock } = this.#parts;
    await this.#queue.close();
    this.#feed.end();
    // Before the writer, which as the last connection then brings the whole log into one file.
    database.close();
    const exited = new Promise(resolve => worker.once('exit', resolve));
    worker.postMessage('close' satisfies ToWriter);
    await exited;
    lock.release();
  }
}

function refusal(): AsyncIterator<never, undefined> {
  return { next: () => Promise.reject(new LogUnavailable('The event log is closed')) };
}
