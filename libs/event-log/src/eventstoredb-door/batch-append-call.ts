import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { ExpectedRevision } from '../event-log.js';
import type { WireEvent } from '../eventstoredb/wire-event.js';
import { outcomeAnswer, refusalAnswer, timeoutAnswer, type Addressee } from './batch-append-answers.js';
import type { DoorContext } from './door-context.js';
import { appendTooLarge, invalidArgument, MAX_APPEND_BYTES } from './door-refusal.js';
import { expectedRevision } from './expected-revision.js';
import { refusalOf, statusOf } from './failed-call.js';
import { proposedEvent, sizeOf, uuidText } from './proposed-event.js';
import { nameOf } from './stream-name.js';

/** An append of which not all has come. */
interface Unfinished extends Addressee {
  readonly expected: ExpectedRevision;
  readonly events: WireEvent[];
  readonly timer?: NodeJS.Timeout;
  size: number;
}

/** Appends of one call of which not all has come. */
const MAX_UNFINISHED = 1_000;
const MAX_TIMEOUT_MS = 2_147_483_647;

type Call = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

/** `Streams.BatchAppend`: many appends over one call, each in one or several pieces, answered by correlation id. */
export async function batchAppendCall(door: DoorContext, call: Call): Promise<void> {
  // Listened to from the first turn on, or what comes meanwhile would be lost.
  const batch = new BatchAppend(door, call);
  try {
    call.pause();
    await door.userOf(call);
    door.refuseWrites();
    batch.begin();
  } catch (error) {
    call.emit('error', statusOf(error));
    call.resume();
  }
}

class BatchAppend {
  readonly #door: DoorContext;
  readonly #call: Call;
  readonly #unfinished = new Map<string, Unfinished>();
  #waiting = 0;
  #ended = false;

  constructor(door: DoorContext, call: Call) {
    this.#door = door;
    this.#call = call;
  }

  begin(): void {
    this.#call.on('data', (request: BatchAppendReq) => this.#take(request));
    this.#call.on('end', () => this.#end());
    this.#call.on('cancelled', () => this.#drop());
    this.#call.resume();
  }

  #take(request: BatchAppendReq): void {
    let to: Addressee = { correlationId: request.getCorrelationId(), stream: '' };
    try {
      const id = uuidText(request.getCorrelationId());
      const options = request.getOptions();
      if (options !== undefined) {
        to = { ...to, stream: nameOf(options.getStreamIdentifier()) };
        if (!this.#open(id, to, options)) return;
      }
      const append = this.#unfinished.get(id);
      // The rest of one that was refused already.
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

  #open(id: string, to: Addressee, options: BatchAppendReq.Options): boolean {
    if (this.#unfinished.size >= MAX_UNFINISHED) {
      throw invalidArgument(`A call has at most ${MAX_UNFINISHED} unfinished appends`);
    }
    const position = options.hasStreamPosition() ? options.getStreamPosition() : undefined;
    const expected = expectedRevision(options, position);
    const deadline = options.getDeadline();
    const left = deadline ? deadline.toDate().getTime() - Date.now() : Infinity;
    if (left <= 0) {
      this.#answer(timeoutAnswer(to));
      return false;
    }
    if (!this.#unfinished.has(id)) this.#unfinished.set(id, { ...to, expected, events: [], size: 0 });
    const append = this.#unfinished.get(id) as Unfinished;
    // Nearly all come in one piece, and need no timer.
    if (Number.isFinite(left)) this.#deadlines.set(append, left);
    return true;
  }

  readonly #deadlines = new WeakMap<Unfinished, number>();
  readonly #timers = new Map<Unfinished, NodeJS.Timeout>();

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
    const left = this.#deadlines.get(append);
    if (!request.getIsFinal() && left !== undefined && !this.#timers.has(append)) {
      const timeUp = (): void => {
        this.#close(id, append);
        this.#answer(timeoutAnswer(append));
      };
      this.#timers.set(append, setTimeout(timeUp, Math.min(left, MAX_TIMEOUT_MS)));
    }
  }

  #close(id: string, append: Unfinished): void {
    this.#unfinished.delete(id);
    clearTimeout(this.#timers.get(append));
    this.#timers.delete(append);
  }

  async #write(append: Unfinished): Promise<void> {
    this.#waiting += 1;
    let answer: BatchAppendResp;
    try {
      const outcome = await this.#door.writing.append(append.stream, append.events, append.expected);
      answer = outcomeAnswer(append, outcome, append.expected);
    } catch (error) {
      answer = refusalAnswer(append, refusalOf(error));
    }
    this.#waiting -= 1;
    this.#answer(answer);
    this.#endWhenDone();
  }

  #answer(answer: BatchAppendResp): void {
    if (this.#call.cancelled || this.#call.writableEnded) return;
    if (this.#call.write(answer) || this.#call.isPaused()) return;
    // A client that does not read its answers is not read either.
    this.#call.pause();
    this.#call.once('drain', () => this.#call.resume());
  }

  #end(): void {
    this.#ended = true;
    this.#drop();
    this.#endWhenDone();
  }

  #endWhenDone(): void {
    if (this.#ended && this.#waiting === 0 && !this.#call.writableEnded) this.#call.end();
  }

  #drop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#unfinished.clear();
  }
}
