import { LogUnavailable } from '../event-log-errors.js';
import {
  START,
  type AppendResult,
  type EventLog,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  type TailOptions,
} from '../event-log.js';
import { lastEvent } from './all-pages.js';
import { Appender } from './appender.js';
import type { Connection } from './connection.js';
import { pagedEvents, type Pages } from '../paged-events.js';
import { proposedAppend } from './proposed-append.js';
import { readAllPages } from './reading-all.js';
import { readStreamPages } from './reading-stream.js';
import { ServerTail, type OnReconnect } from './server-tail.js';
import { TimesWalked } from './times-walked.js';

export interface EventStoreDbLogParts {
  readonly connection: Connection;
  readonly onReconnect: OnReconnect;
  /** Gives the connection back. */
  readonly release: () => Promise<void>;
}

/** The event log on an EventStoreDB. */
export class EventStoreDbLog implements EventLog {
  readonly #parts: EventStoreDbLogParts;
  readonly #appender: Appender;
  readonly #times: TimesWalked;
  readonly #appending = new Set<Promise<unknown>>();
  readonly #tails = new Set<ServerTail>();
  /** Resolves when every tail from the end that was asked for knows where that is: what is appended later comes after it. */
  #endKnown: Promise<unknown> | undefined;
  #closing: Promise<void> | undefined;

  constructor(parts: EventStoreDbLogParts) {
    this.#parts = parts;
    this.#appender = new Appender(parts.connection);
    this.#times = new TimesWalked(parts.connection);
  }

  async append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    this.#refuseWhenClosed();
    const append = proposedAppend(stream, events, expected);
    const appending =
      this.#endKnown === undefined
        ? this.#appender.append(append)
        : this.#endKnown.then(() => this.#appender.append(append));
    this.#appending.add(appending);
    try {
      return await appending;
    } finally {
      this.#appending.delete(appending);
    }
  }

  readStream(stream: string, options: ReadStreamOptions = {}): AsyncIterable<RecordedEvent> {
    return this.#events(() => readStreamPages(this.#parts.connection, stream, options));
  }

  readAll(options: ReadAllOptions = {}): AsyncIterable<RecordedEvent> {
    return this.#events(() => readAllPages(this.#parts.connection, options));
  }

  tail(options: TailOptions): AsyncIterable<readonly RecordedEvent[]> {
    const { connection, onReconnect } = this.#parts;
    const begin = options.after === 'end' ? this.#end() : () => Promise.resolve(options.after as Position);
    return {
      [Symbol.asyncIterator]: () => {
        if (this.#closing !== undefined) return refusal();
        const forget = (tail: ServerTail): unknown => this.#tails.delete(tail);
        const tail = new ServerTail(connection, begin, options, onReconnect, forget);
        this.#tails.add(tail);
        return tail;
      },
    };
  }

  async head(): Promise<Position> {
    this.#refuseWhenClosed();
    return (await lastEvent(this.#parts.connection))?.position ?? START;
  }

  async positionBefore(time: string): Promise<Position> {
    this.#refuseWhenClosed();
    return this.#times.positionBefore(time);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await Promise.allSettled(this.#appending);
    for (const tail of this.#tails) tail.end();
    await this.#parts.release();
  }

  #events(open: () => Pages): AsyncIterable<RecordedEvent> {
    return pagedEvents(() => {
      this.#refuseWhenClosed();
      return open();
    });
  }

  /** The end of the log as it is at this call, or if that cannot be known, when it is asked for again. */
  #end(): () => Promise<Position> {
    let head: Promise<Position> | undefined = this.head();
    const known = Promise.allSettled([this.#endKnown, head]).then(() => {
      if (this.#endKnown === known) this.#endKnown = undefined;
    });
    this.#endKnown = known;
    return async () => {
      head ??= this.head();
      try {
        return await head;
      } catch (error) {
        head = undefined;
        throw error;
      }
    };
  }

  #refuseWhenClosed(): void {
    if (this.#closing !== undefined) throw new LogUnavailable('The event log is closed');
  }
}

function refusal(): AsyncIterator<never, undefined> {
  return { next: () => Promise.reject(new LogUnavailable('The event log is closed')) };
}
