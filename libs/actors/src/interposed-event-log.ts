import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  openSqliteEventLog,
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
} from '#libs/event-log';

/** A real log in a directory of its own, whose calls a test can watch, hold up, or have fail. */
export class InterposedEventLog implements EventLog {
  /** Appends that recorded something, as numbers of events. */
  readonly appends: number[] = [];
  /** Stands around every append: may wait, fail before it, or fail after it. */
  around: (append: () => Promise<AppendResult>, stream: string) => Promise<AppendResult> = append => append();
  /** Called before every read of a stream, with the first revision asked for. */
  beforeRead: (stream: string, from: number) => void = () => undefined;
  #head: Position = START;

  private constructor(
    private readonly directory: string,
    private log: EventLog,
  ) {}

  static async open(): Promise<InterposedEventLog> {
    const directory = mkdtempSync(join(tmpdir(), 'parley-actors-'));
    return new InterposedEventLog(directory, await openSqliteEventLog({ directory }));
  }

  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<AppendResult> {
    return this.around(async () => {
      const result = await this.log.append(stream, events, expected);
      // A repeat stands where an earlier append put it.
      if (result.position > this.#head) this.appends.push(events.length);
      this.#head = Math.max(this.#head, result.position);
      return result;
    }, stream);
  }

  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent> {
    this.beforeRead(stream, options?.from ?? 0);
    return this.log.readStream(stream, options);
  }

  /** All events of a stream, or of the log, unwatched. */
  async all(stream?: string): Promise<readonly RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    const read = stream === undefined ? this.log.readAll() : this.log.readStream(stream);
    for await (const event of read) events.push(event);
    return events;
  }

  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent> {
    return this.log.readAll(options);
  }
  tail(options: TailOptions): AsyncIterable<readonly RecordedEvent[]> {
    return this.log.tail(options);
  }
  head(): Promise<Position> {
    return this.log.head();
  }
  positionBefore(time: string): Promise<Position> {
    return this.log.positionBefore(time);
  }
  close(): Promise<void> {
    return this.log.close();
  }

  /** As after a restart of the process. */
  async reopen(): Promise<void> {
    await this.log.close();
    this.log = await openSqliteEventLog({ directory: this.directory });
  }

  async remove(): Promise<void> {
    await this.log.close();
    rmSync(this.directory, { recursive: true });
  }
}
