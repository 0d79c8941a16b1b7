import type { Worker } from 'node:worker_threads';
import { checkAppend, eventJson, type EventJson } from '../append-validation.js';
import { LogUnavailable, RevisionConflict } from '../event-log-errors.js';
import type { AppendResult, ExpectedRevision, NewEvent, Position, RecordedEvent } from '../event-log.js';
import type { CommittedEvents } from './live-feed.js';
import type {
  AppendsMessage,
  Committed,
  Conflicted,
  Failed,
  FromWriter,
  Written,
} from './writer-messages.js';

interface PendingAppend {
  readonly stream: string;
  readonly events: readonly NewEvent[];
  readonly json: readonly EventJson[];
  readonly expected: ExpectedRevision;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: Error) => void;
}

const WRITTEN: Written = 0;
const CONFLICTED: Conflicted = 2;
const EXPECTED_CODES = { any: -2, 'no-stream': -1, 'stream-exists': -4 } as const;
/** Characters of JSON after which a message to the writer is sent. */
const MESSAGE_SIZE = 262_144;

export interface AppendQueueParts {
  /** The writer's thread, which has opened the log. */
  readonly worker: Worker;
  /** Reads the events that an append repeated. */
  readonly eventsAt: (positions: readonly Position[]) => RecordedEvent[];
  /** Called with what each transaction wrote, in log order, before the appends in it resolve. */
  readonly onCommitted: (committed: CommittedEvents) => void;
}

/**
 * Appends on their way through the writer's thread. Those of one turn of the event loop travel in one message; answers
 * come in the order in which appends were sent.
 */
export class AppendQueue {
  readonly #parts: AppendQueueParts;
  #fields: (string | number)[] = [];
  #size = 0;
  #sendScheduled = false;
  /** Sent or about to be, in order; those before `#answered` have been answered. */
  #pending: PendingAppend[] = [];
  #answered = 0;
  #refusal: LogUnavailable | undefined;
  #onDrained: (() => void) | undefined;

  constructor(parts: AppendQueueParts) {
    this.#parts = parts;
    parts.worker.on('message', (message: FromWriter) => this.#handle(message));
    parts.worker.on('error', error =>
      this.#fail(new LogUnavailable('The event log failed', { cause: error })),
    );
    parts.worker.on('exit', () => this.#fail(new LogUnavailable('The event log is closed')));
  }

  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      if (this.#refusal !== undefined) throw this.#refusal;
      checkAppend(stream, events, expected);
      const json = events.map(eventJson);
      this.#pending.push({ stream, events, json, expected, resolve, reject });
      this.#enqueue(stream, events, json, expected);
    });
  }

  /** Refuses further appends, and resolves when those under way are answered. */
  async close(): Promise<void> {
    this.#refusal ??= new LogUnavailable('The event log is closed');
    if (this.#answered === this.#pending.length) return;
    await new Promise<void>(resolve => (this.#onDrained = resolve));
  }

  #enqueue(
    stream: string,
    events: readonly NewEvent[],
    json: readonly EventJson[],
    expected: ExpectedRevision,
  ): void {
    const fields = this.#fields;
    fields.push(stream, typeof expected === 'number' ? expected : EXPECTED_CODES[expected], events.length);
    for (let i = 0; i < events.length; i += 1) {
      const event = events[i] as NewEvent;
      const { data, metadata } = json[i] as EventJson;
      fields.push(event.id, event.type, event.version, event.time, data, metadata);
      this.#size += data.length + metadata.length;
    }
    if (this.#size >= MESSAGE_SIZE) this.#send();
    else if (!this.#sendScheduled) {
      this.#sendScheduled = true;
      setImmediate(() => {
        this.#sendScheduled = false;
        this.#send();
      });
    }
  }

  #send(): void {
    if (this.#fields.length === 0) return;
    const message: AppendsMessage = { fields: this.#fields, size: this.#size };
    this.#fields = [];
    this.#size = 0;
    this.#parts.worker.postMessage(message);
  }

  #handle(message: FromWriter): void {
    if (message === 'opened') return;
    if ('error' in message) this.#rejectTransaction(message);
    else this.#answerTransaction(message);
    if (this.#answered === this.#pending.length) {
      this.#pending = [];
      this.#answered = 0;
      this.#onDrained?.();
    } else if (this.#answered > 4_096) {
      this.#pending.splice(0, this.#answered);
      this.#answered = 0;
    }
  }

  #rejectTransaction({ count, error }: Failed): void {
    for (let i = 0; i < count; i += 1) {
      this.#takePending().reject(new LogUnavailable(`The event log could not write: ${error}`));
    }
  }

  #answerTransaction({ count, outcomes }: Committed): void {
    const committed: { events: RecordedEvent[]; sizes: number[] } = { events: [], sizes: [] };
    const answers: (() => void)[] = [];
    let at = 0;
    for (let i = 0; i < count; i += 1) {
      const append = this.#takePending();
      if (outcomes[at] === WRITTEN) {
        const result = written(append, outcomes[at + 1] as number, outcomes[at + 2] as number, committed);
        answers.push(() => append.resolve(result));
        at += 3;
      } else if (outcomes[at] === CONFLICTED) {
        const actual = outcomes[at + 1] as number;
        answers.push(() => append.reject(new RevisionConflict(append.stream, append.expected, actual)));
        at += 2;
      } else {
        const positions = outcomes.slice(at + 1, at + 1 + append.events.length);
        answers.push(() => this.#answerRepeat(append, positions));
        at += 1 + positions.length;
      }
    }
    if (committed.events.length > 0) this.#parts.onCommitted(committed);
    for (const answer of answers) answer();
  }

  #answerRepeat(append: PendingAppend, positions: readonly Position[]): void {
    try {
      append.resolve(resultOf(this.#parts.eventsAt(positions)));
    } catch (cause) {
      append.reject(new LogUnavailable('The event log could not be read', { cause }));
    }
  }

  #takePending(): PendingAppend {
    const append = this.#pending[this.#answered] as PendingAppend;
    this.#answered += 1;
    return append;
  }

  /** The thread is gone, and with it the answers. */
  #fail(refusal: LogUnavailable): void {
    this.#refusal ??= refusal;
    const unanswered = this.#pending.slice(this.#answered);
    this.#pending = [];
    this.#answered = 0;
    for (const append of unanswered) append.reject(refusal);
    this.#onDrained?.();
  }
}

function written(
  { stream, events, json }: PendingAppend,
  firstPosition: Position,
  firstRevision: number,
  committed: { events: RecordedEvent[]; sizes: number[] },
): AppendResult {
  const recorded = events.map((event, i): RecordedEvent => {
    const { data, metadata } = json[i] as EventJson;
    committed.sizes.push(data.length + metadata.length);
    return {
      id: event.id,
      type: event.type,
      version: event.version,
      time: event.time,
      // From the text, so that listeners see now what readers of the store will see later.
      data: JSON.parse(data) as unknown,
      metadata: JSON.parse(metadata) as RecordedEvent['metadata'],
      stream,
      revision: firstRevision + i,
      position: firstPosition + i,
    };
  });
  for (const event of recorded) committed.events.push(event);
  return resultOf(recorded);
}

function resultOf(events: readonly RecordedEvent[]): AppendResult {
  const last = events.at(-1) as RecordedEvent;
  return { revision: last.revision, position: last.position, events };
}
