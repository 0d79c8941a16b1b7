import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerWritableStream } from '@grpc/grpc-js';

/** Answers of one reading call, written no faster than its client takes them. */
export class ResponseWriter {
  readonly #call: ServerWritableStream<ReadReq, Buffer>;
  readonly #ended: AbortSignal;
  #goOn: (() => void) | undefined;

  /** @param ended aborts when the client is gone or the door closes. */
  constructor(call: ServerWritableStream<ReadReq, Buffer>, ended: AbortSignal) {
    this.#call = call;
    this.#ended = ended;
    const wake = (): void => {
      this.#goOn?.();
      this.#goOn = undefined;
    };
    call.on('drain', wake);
    ended.addEventListener('abort', wake, { once: true });
  }

  /** Nobody listens any more. */
  get isClosed(): boolean {
    return this.#ended.aborted;
  }

  /** What to wait for before the next answer, if anything. */
  send(response: Buffer): Promise<void> | undefined {
    if (this.#ended.aborted || this.#call.write(response)) return undefined;
    return new Promise(resolve => (this.#goOn = resolve));
  }
}
