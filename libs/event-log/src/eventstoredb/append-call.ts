import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import { LogUnavailable } from '../event-log-errors.js';
import { outcomeOf, type AppendOutcome } from './append-outcome.js';
import { correlationOf } from './append-request.js';
import { ANSWER_WITHIN_MS, Patience } from './patience.js';
import { logFailure } from './log-failure.js';

type Call = ClientDuplexStream<BatchAppendReq, BatchAppendResp>;

interface Pending {
  readonly resolve: (outcome: AppendOutcome) => void;
  readonly reject: (error: Error) => void;
  readonly patience: Patience;
}

/**
 * One call of `BatchAppend`, through which appends go in their order, as many at once as there are; answers come by
 * correlation id.
 *
 * The client has this too, as `appendToStream`, but with one table of waiting appends for all clients of a process: a call
 * that breaks rejects those of other calls, whose answers then throw where nobody can catch; and of more than 16 that wait
 * for a call which breaks, all but those end as unhandled rejections. Here each call has its own table.
 */
export class AppendCall {
  readonly #onGone: (hung: boolean) => void;
  readonly #pending = new Map<string, Pending>();
  readonly #correlation = randomUUID().slice(0, 24);
  #count = 0;
  #call: Call | undefined;
  /** What is to be sent once the call is open. */
  #unsent: BatchAppendReq[] = [];
  #gone = false;

  /** @param onGone told when the call is broken; nothing more may be sent then. */
  constructor(open: () => Promise<Call>, onGone: (hung: boolean) => void) {
    this.#onGone = onGone;
    open().then(
      call => this.#begin(call),
      (error: unknown) => this.#break(logFailure(error)),
    );
  }

  get gone(): boolean {
    return this.#gone;
  }

  /**
   * @param requests makes the messages of an append from its correlation id.
   * @throws LogUnavailable when the call breaks or the answer does not come in time: the append may be written or not.
   */
  send(requests: (correlationId: string) => readonly BatchAppendReq[]): Promise<AppendOutcome> {
    return new Promise((resolve, reject) => {
      this.#count += 1;
      const id = this.#correlation + this.#count.toString(16).padStart(12, '0');
      const messages = requests(id);
      const patience = new Patience(() => this.#timeOut());
      this.#pending.set(id, { resolve, reject, patience });
      if (this.#call === undefined) this.#unsent.push(...messages);
      else for (const message of messages) this.#call.write(message);
    });
  }

  /** Breaks the call. */
  end(error: Error): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#call?.end();
    this.#rejectAll(error);
  }

  #begin(call: Call): void {
    call.on('data', (answer: BatchAppendResp) => this.#answer(answer));
    call.on('error', error => this.#break(logFailure(error)));
    call.on('end', () => this.#break(new LogUnavailable('EventStoreDB does not answer: it ended the call')));
    if (this.#gone) {
      call.cancel();
      return;
    }
    this.#call = call;
    for (const message of this.#unsent) call.write(message);
    this.#unsent = [];
  }

  #answer(answer: BatchAppendResp): void {
    const id = correlationOf(answer);
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    this.#pending.delete(id);
    pending.patience.end();
    try {
      pending.resolve(outcomeOf(answer));
    } catch (error) {
      pending.reject(error as Error);
    }
  }

  #timeOut(): void {
    this.#break(
      new LogUnavailable(`EventStoreDB does not answer: an append took more than ${ANSWER_WITHIN_MS} ms`),
      true,
    );
  }

  #break(error: Error, hung = false): void {
    if (this.#gone) return;
    this.end(error);
    this.#onGone(hung);
  }

  #rejectAll(error: Error): void {
    this.#unsent = [];
    for (const { reject, patience } of this.#pending.values()) {
      patience.end();
      reject(error);
    }
    this.#pending.clear();
  }
}
