import type {
  AllStreamResolvedEvent,
  AllStreamSubscription,
  EventStoreDBClient,
  ResolvedEvent,
  StreamingRead,
} from '@eventstore/db-client';
import { LogUnavailable } from '../event-log-errors.js';
import type { Connection, UnderWay } from './connection.js';
import { logFailure } from './log-failure.js';
import { ANSWER_WITHIN_MS, Patience } from './patience.js';
import type { WireRecord } from './recorded-event.js';

/** A reading or a subscription, as the client gives it. */
export type ServerStream =
  StreamingRead<AllStreamResolvedEvent> | StreamingRead<ResolvedEvent> | AllStreamSubscription;

/** Records that are handed on at once. */
const PAGE_RECORDS = 256;
/** Records that the client holds ready; beyond that it lets the server wait, however slow the reader is. */
export const READ_AHEAD = { highWaterMark: 64 };

/**
 * One stream of records from the server, in pages of what has come. It is read only as fast as pages are taken, and fails
 * when the server says nothing for ANSWER_WITHIN_MS while a page is waited for.
 */
export class ServerReading implements UnderWay {
  readonly #client: EventStoreDBClient;
  readonly #stream: ServerStream;
  #failure: Error | undefined;
  #ended = false;
  #patient = false;
  #wake: (() => void) | undefined;

  /**
   * @param open begins the stream on a client.
   * @throws LogUnavailable when the connection is closed.
   */
  constructor(
    readonly connection: Connection,
    open: (client: EventStoreDBClient) => ServerStream,
  ) {
    this.#client = connection.client;
    this.#stream = open(this.#client);
    connection.track(this.#client, this);
    // Always there: an error without a listener ends the process.
    this.#stream.on('error', (error: unknown) => this.fail(logFailure(error)));
    this.#stream.on('readable', () => this.#wakeUp());
    this.#stream.on('end', () => {
      this.#ended = true;
      this.#leave();
    });
  }

  /** From now on the server may be silent for as long as nothing happens. */
  bePatient(): void {
    this.#patient = true;
    this.#wakeUp();
  }

  /** The server has shown that it lives, without a record. */
  signOfLife(): void {
    this.#wakeUp();
  }

  /** Nothing that has come is waiting to be taken. */
  get drained(): boolean {
    return this.#stream.readableLength === 0;
  }

  /**
   * The next records; an empty page when the server gave only a sign of life; undefined at the end.
   * @throws LogUnavailable when the server went away, or Error with what it refuses.
   */
  async next(): Promise<readonly WireRecord[] | undefined> {
    for (let waited = false; ; waited = true) {
      const page: WireRecord[] = [];
      while (page.length < PAGE_RECORDS) {
        const record = this.#stream.read() as WireRecord | null;
        if (record === null) break;
        page.push(record);
      }
      if (page.length > 0) return page;
      if (this.#failure !== undefined) throw this.#failure;
      if (this.#ended) return undefined;
      if (waited) return [];
      await this.#change();
    }
  }

  fail(error: Error): void {
    if (this.#failure === undefined && !this.#ended && error instanceof LogUnavailable) {
      this.connection.failed(this.#client, false);
    }
    this.#failure ??= error;
    this.#leave();
  }

  /** Ends it; nothing more is wanted. */
  cancel(): void {
    this.#ended = true;
    this.#leave();
    const stream = this.#stream;
    const cancelled = 'cancel' in stream ? stream.cancel() : stream.unsubscribe();
    // Where the call could not even begin there is nothing to cancel.
    void Promise.allSettled([cancelled]);
  }

  #leave(): void {
    this.connection.forget(this.#client, this);
    this.#wakeUp();
  }

  async #change(): Promise<void> {
    const patience = this.#patient ? undefined : new Patience(() => this.#timeOut());
    await new Promise<void>(resolve => (this.#wake = resolve));
    patience?.end();
  }

  #timeOut(): void {
    this.#failure ??= new LogUnavailable(
      `EventStoreDB does not answer: nothing was read for ${ANSWER_WITHIN_MS} ms`,
    );
    this.connection.failed(this.#client, true);
    this.#wakeUp();
  }

  #wakeUp(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}
