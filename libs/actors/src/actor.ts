import { setImmediate, setTimeout } from 'node:timers/promises';
import { DomainError, type Aggregate, type DomainEvent } from '#libs/domain';
import {
  EventTooLarge,
  InvalidAppend,
  LogUnavailable,
  RevisionConflict,
  type AppendResult,
  type EventLog,
  type NewEvent,
  type RecordedEvent,
} from '#libs/event-log';
import { conflictDelay, MAX_ATTEMPTS } from './conflict-delay.js';
import { decideBatch, type BatchPlan } from './decide-batch.js';
import type { Envelope } from './envelope.js';
import type { Executed } from './executed.js';
import { probeRevision, readKeyedEvents } from './find-keyed-events.js';
import { isKeyedEventId } from './keyed-event-id.js';
import { StreamState } from './stream-state.js';
import type { Snapshots } from './snapshots.js';
import { unavailable } from './unavailable.js';

export interface ActorSurroundings {
  readonly log: EventLog;
  readonly snapshots?: Snapshots;
  readonly mailboxLimit: number;
  readonly newId: () => string;
  readonly onFault: (error: unknown, stream: string) => void;
}

/**
 * The one place where an aggregate's commands are decided in this process: a mailbox, drained batch by batch. It holds
 * nothing that the log does not: it may be dropped whenever it is idle.
 */
export class Actor<State, Command, Event extends DomainEvent> {
  #mailbox: Envelope<State, Command>[] = [];
  #draining = false;
  /** Undefined before the first command, and after anything that leaves open what the log holds. */
  #stream: StreamState<State, Command, Event> | undefined;
  /** A fault may come from a bad snapshot: the restart after one reads the stream itself. */
  #distrustSnapshots = false;
  /** What is in memory must not be kept. */
  #forgotten = false;

  constructor(
    readonly stream: string,
    private readonly aggregate: Aggregate<State, Command, Event>,
    private readonly around: ActorSurroundings,
    private readonly onIdle: () => void,
  ) {}

  get busy(): boolean {
    return this.#draining;
  }

  /** Puts an envelope into the mailbox. It is answered or refused in any case, after those before it. */
  send(envelope: Envelope<State, Command>): void {
    if (this.#mailbox.length >= this.around.mailboxLimit)
      return envelope.refuse(new DomainError('OVERLOADED'));
    this.#mailbox.push(envelope);
    if (this.#draining) return;
    this.#draining = true;
    void this.#drain();
  }

  /** Has the stream read anew after what is being decided now. */
  forget(): void {
    this.#forgotten = true;
  }

  async #drain(): Promise<void> {
    do {
      // Whoever sends in the same turn of the event loop shares the batch; so do those whom the last one's answers woke.
      await setImmediate();
      const batch = this.#mailbox;
      this.#mailbox = [];
      await this.#processOrRefuse(batch);
      if (this.#forgotten) {
        this.#forgotten = false;
        this.#stream = undefined;
      }
    } while (this.#mailbox.length > 0);
    this.#draining = false;
    this.onIdle();
  }

  async #processOrRefuse(batch: readonly Envelope<State, Command>[]): Promise<void> {
    try {
      await this.#process(batch);
    } catch (error) {
      const refusal = this.#refusalFor(error);
      for (const envelope of batch) envelope.refuse(refusal);
    }
  }

  /** What the senders of a batch are told that failed as a whole. Each is answered once: who has an answer already keeps it. */
  #refusalFor(error: unknown): unknown {
    // Found before anything was written.
    if (error instanceof EventTooLarge) return new DomainError('PAYLOAD_TOO_LARGE');
    this.#stream = undefined;
    if (error instanceof LogUnavailable) return unavailable(error);
    this.#distrustSnapshots = true;
    this.around.onFault(error, this.stream);
    return error;
  }

  async #process(batch: readonly Envelope<State, Command>[]): Promise<void> {
    const { newId, onFault } = this.around;
    let open = batch;
    // Refusals and answers without events must not come from a state that another node has left behind.
    let upToDate = false;
    let conflicts = 0;
    while (open.length > 0) {
      upToDate ||= this.#stream === undefined;
      const stream = (this.#stream ??= await this.#load());
      if (!stream.keyed.complete) await this.#probeRepeats(stream, open);

      const revisionOf = (id: string): number | undefined => stream.keyed.revisionOf(id);
      const plan = decideBatch(this.aggregate, this.stream, stream.state, open, revisionOf, newId);
      if (plan.fault) {
        const { index, error } = plan.fault;
        open[index]?.refuse(error);
        open = open.filter((_, place) => place !== index);
        this.#stream = undefined;
        this.#distrustSnapshots = true;
        onFault(error, this.stream);
        continue;
      }
      if (plan.events.length === 0) {
        const moved = upToDate ? 0 : await stream.catchUp();
        upToDate = true;
        if (moved > 0) continue;
        return this.#answer(stream, open, plan);
      }

      let appended: AppendResult | undefined;
      try {
        appended = await this.#append(stream, plan);
      } catch (error) {
        if (!(error instanceof InvalidAppend) || open.length === 1) throw error;
        // Nothing was written. One by one, the mistake of one is not the others'.
        for (const envelope of open) await this.#processOrRefuse([envelope]);
        return;
      }
      if (appended) {
        stream.advance(appended.events, plan.state);
        this.#considerSnapshot(stream);
        return this.#answer(stream, open, plan, appended);
      }
      conflicts += 1;
      if (conflicts >= MAX_ATTEMPTS) {
        for (const envelope of open) envelope.refuse(new DomainError('OVERLOADED'));
        return;
      }
      await setTimeout(conflictDelay(conflicts));
      await stream.catchUp();
      upToDate = true;
    }
  }

  async #load(): Promise<StreamState<State, Command, Event>> {
    const { log, snapshots, onFault } = this.around;
    if (snapshots && !this.#distrustSnapshots) {
      try {
        const resumed = await snapshots.resume(this.aggregate, this.stream, log);
        if (resumed) {
          this.#considerSnapshot(resumed);
          return resumed;
        }
      } catch (error) {
        if (error instanceof LogUnavailable) throw error;
        onFault(error, this.stream);
      }
    }
    const stream = new StreamState(this.aggregate, this.stream, log);
    await stream.catchUp();
    this.#distrustSnapshots = false;
    this.#considerSnapshot(stream);
    return stream;
  }

  #considerSnapshot(stream: StreamState<State, Command, Event>): void {
    if (!this.#forgotten) this.around.snapshots?.consider(stream);
  }

  /** Asks the log for the ids of repeated commands where memory does not reach far enough back to know. */
  async #probeRepeats(
    stream: StreamState<State, Command, Event>,
    open: readonly Envelope<State, Command>[],
  ): Promise<void> {
    const unknown = open.filter(
      ({ firstId, probed }) =>
        firstId !== undefined && !probed && stream.keyed.revisionOf(firstId) === undefined,
    );
    await Promise.all(
      unknown.map(async envelope => {
        const { firstId, request } = envelope;
        if (firstId === undefined || !request) return;
        const revision = await probeRevision(this.around.log, this.stream, firstId, request.metadata);
        if (revision === undefined) envelope.probed = true;
        else stream.keyed.note({ id: firstId, revision });
      }),
    );
  }

  /** Undefined when the stream was not where this actor believed it to be. */
  async #append(
    stream: StreamState<State, Command, Event>,
    plan: BatchPlan<State>,
  ): Promise<AppendResult | undefined> {
    const { revision } = stream;
    try {
      const result = await this.around.log.append(
        this.stream,
        plan.events,
        revision < 0 ? 'no-stream' : revision,
      );
      const inPlace = result.events[0]?.revision === revision + 1;
      // Else another node executed the same commands with the same keys, and the log took this append for a repeat.
      return inPlace && result.events.every((event, index) => isAsPlanned(event, plan.events[index]))
        ? result
        : undefined;
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error;
      // A stream that is shorter than it was: the log was replaced, and nothing here is worth keeping.
      if (error.actual < revision) throw error;
      return undefined;
    }
  }

  #answer(
    stream: StreamState<State, Command, Event>,
    open: readonly Envelope<State, Command>[],
    plan: BatchPlan<State>,
    appended?: AppendResult,
  ): Promise<void> {
    const repeats: Promise<void>[] = [];
    for (const [index, decision] of plan.decisions.entries()) {
      const envelope = open[index]!;
      if (decision.kind === 'refused') envelope.refuse(decision.error);
      else if (decision.kind === 'repeat')
        repeats.push(this.#repeat(stream.state, envelope, decision.revision));
      else {
        const events = appended?.events.slice(decision.from, decision.to) ?? [];
        envelope.answer({ state: decision.state, events, position: events.at(-1)?.position });
      }
    }
    return Promise.all(repeats).then(() => undefined);
  }

  async #repeat(state: State, envelope: Envelope<State, Command>, revision: number): Promise<void> {
    const { command, metadata } = envelope.request!;
    const events = await readKeyedEvents(this.around.log, this.stream, revision, command, metadata);
    const executed: Executed<State> = { state, events, position: events.at(-1)?.position };
    envelope.answer(executed);
  }
}

/** Whether what stands in the log is what this actor decided: with an id that others can derive too, it need not be. */
const isAsPlanned = (recorded: RecordedEvent, planned: NewEvent | undefined): boolean =>
  !isKeyedEventId(recorded.id) || contentOf(recorded) === (planned && contentOf(planned));
const contentOf = ({ time, data, metadata }: NewEvent): string => JSON.stringify([time, data, metadata]);
