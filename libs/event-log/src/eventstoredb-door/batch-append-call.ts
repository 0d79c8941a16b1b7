import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { type ServerDuplexStream, status } from '@grpc/grpc-js';
import type { ExpectedRevision } from '../event-log.js';
import type { WireEvent } from '../eventstoredb/wire-event.js';
import { outcomeAnswer, refusalAnswer, timeoutAnswer, type Addressee } from './batch-append-answers.js';
import type { DoorContext } from './door-context.js';
import {
  appendTooLarge,
  type DoorRefusal,
  invalidArgument,
  MAX_APPEND_BYTES,
  serverNotReady,
} from './door-refusal.js';
import { expectedRevision } from './expected-revision.js';
import { refusalOf, statusOf } from './failed-call.js';
import { proposedEvent, sizeOf, uuidText } from './proposed-event.js';
import { nameOf } from './stream-name.js';

/** An append of which not all has come. */
interface Unfinished extends Addressee {
  readonly expected: ExpectedRevision;
  readonly events: WireEvent[];
  /** Milliseconds since 1970. */
  readonly deadline: number;
  size: number;
  timer?: NodeJS.Timeout;
}

/** Appends of one call of which not all has come. */
const MAX_UNFINISHED = 1_000;
/** How long the rest of an append is waited for at most. */
const MAX_PATIENCE_MS = 60_000;

type Call = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

/** `Streams.BatchAppend`: many appends over one call, each in one or several pieces, answered by correlation id. */
export async function batchAppendCall(door: DoorContext, call: Call): Promise<void> {
  try {
    if (door.closed.aborted) throw serverNotReady();
    await door.userOf(call);
    door.refuseWrites();
    new BatchAppend(door, call).begin();
  } catch (error) {
    call.emit('error', statusOf(error));
    // What still comes is not looked at, and must not fill the connection.
    call.resume();
  }
}

class BatchAppend {
  readonly #door: DoorContext;
  readonly #call: Call;
  readonly #unfinished = new Map<string, Unfinished>();
  /** Appends that the log has not answered. */
  #waiting = 0;
  /** What the call ends with once nothing waits: undefined while it goes on, null for a good end. */
  #end: DoorRefusal | null | undefined;

  constructor(door: DoorContext, call: Call) {
    this.#door = door;
    this.#call = call;
  }

  begin(): void {
    const closed = (): void => this.#finish(serverNotReady());
    const forget = (): void => this.#door.closed.removeEventListener('abort', closed);
    this.#door.closed.addEventListener('abort', closed, { once: true });
    this.#call.on('end', () => this.#finish(null));
    this.#call.on('cancelled', () => this.#finish(null));
    this.#call.on('finish', forget);
    this.#call.on('cancelled', forget);
    this.#call.on('data', (request: BatchAppendReq) => this.#take(request));
  }

  #take(request: BatchAppendReq): void {
    if (this.#end !== undefined) return;
    let to: Addressee = { correlationId: request.getCorrelationId(), stream: '' };
    try {
      const id = uuidText(request.getCorrelationId());
      const options = request.getOptions();
      if (options !== undefined) {
        to = { ...to, stream: nameOf(options.getStreamIdentifier()) };
        if (!this.#unfinished.has(id)) this.#open(id, to, options);
      }
      const append = this.#unfinished.get(id);
      // The rest of one that was answered already.
      if (append === undefined) return;
      to = append;
      this.#add(id, append, request);
      if (!request.getIsFinal()) return;
      this.#close(id, append);
      void this.#write(append);
    } catch (error) {
      this.#answer(refusalAnswer(to, refusalOf(error)));
    }
  }

  #open(id: string, to: Addressee, options: BatchAppendReq.Options): void {
    if (this.#unfinished.size >= MAX_UNFINISHED) {
      throw invalidArgument(`A call has at most ${MAX_UNFINISHED} unfinished appends`);
    }
    const position = options.hasStreamPosition() ? options.getStreamPosition() : undefined;
    const expected = expectedRevision(options, position);
    const deadline = options.getDeadline()?.toDate().getTime() ?? Infinity;
    if (deadline <= Date.now()) this.#answer(timeoutAnswer(to));
    else this.#unfinished.set(id, { ...to, expected, deadline, events: [], size: 0 });
  }

  #add(id: string, append: Unfinished, request: BatchAppendReq): void {
    for (const message of request.getProposedMessagesList()) {
      const event = proposedEvent(message);
      append.size += sizeOf(event);
      if (append.size > MAX_APPEND_BYTES) {
        this.#close(id, append);
        throw appendTooLarge();
      }
      append.events.push(event);
    }
    // Nearly all come in one piece, and need no timer.
    if (request.getIsFinal() || append.timer !== undefined) return;
    const left = Math.min(append.deadline - Date.now(), MAX_PATIENCE_MS);
    append.timer = setTimeout(() => {
      this.#close(id, append);
      this.#answer(timeoutAnswer(append));
    }, left);
  }

  #close(id: string, append: Unfinished): void {
    this.#unfinished.delete(id);
    clearTimeout(append.timer);
  }

  async #write(append: Unfinished): Promise<void> {
    this.#waiting += 1;
    try {
      const outcome = await this.#door.writing.append(append.stream, append.events, append.expected);
      this.#answer(outcomeAnswer(append, outcome, append.expected));
    } catch (error) {
      const refusal = refusalOf(error);
      // Whether it was written is not known, nor will it be for those after it.
      if (refusal.code === status.UNAVAILABLE) this.#finish(refusal);
      else this.#answer(refusalAnswer(append, refusal));
    }
    this.#waiting -= 1;
    this.#endWhenDone();
  }

  #answer(answer: BatchAppendResp): void {
    if (this.#call.cancelled || this.#call.writableEnded) return;
    if (this.#call.write(answer) || this.#call.isPaused()) return;
    // A client that does not read its answers is not read either.
    this.#call.pause();
    this.#call.once('drain', () => this.#call.resume());
  }

  #finish(end: DoorRefusal | null): void {
    this.#end ??= end;
    for (const append of this.#unfinished.values()) clearTimeout(append.timer);
    this.#unfinished.clear();
    this.#endWhenDone();
  }

  #endWhenDone(): void {
    if (this.#end === undefined || this.#waiting > 0 || this.#call.writableEnded) return;
    if (this.#end === null) this.#call.end();
    else this.#call.emit('error', statusOf(this.#end));
  }
}
