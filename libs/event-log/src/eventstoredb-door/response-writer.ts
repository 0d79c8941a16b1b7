import { once } from 'node:events';
import type { ServerWritableStream } from '@grpc/grpc-js';

/** Answers of one reading call, written no faster than its client takes them. */
export class ResponseWriter {
  readonly #call: ServerWritableStream<unknown, Buffer>;
  readonly #ended: AbortSignal;

  /** @param ended aborts when the client is gone or the door closes. */
  constructor(call: ServerWritableStream<unknown, Buffer>, ended: AbortSignal) {
    this.#call = call;
    this.#ended = ended;
  }

  /** Nobody listens any more. */
  get isClosed(): boolean {
    return this.#ended.aborted;
  }

  /** What to wait for before the next answer, if anything. */
  send(response: Buffer): Promise<void> | undefined {
    if (this.#ended.aborted || this.#call.write(response)) return undefined;
    return this.#drained();
  }

  async #drained(): Promise<void> {
    try {
      await once(this.#call, 'drain', { signal: this.#ended });
    } catch (error) {
      if (!this.#ended.aborted) throw error;
    }
  }
}
