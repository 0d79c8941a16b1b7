import { DomainError, streamOf, type Aggregate, type DomainEvent } from '#libs/domain';
import { LogUnavailable, type EventLog, type RecordedEvent } from '#libs/event-log';
import { Actor, type ActorSurroundings } from './actor.js';
import { ActorRegistry } from './actor-registry.js';
import type { CommandMetadata } from './command-metadata.js';
import type { Envelope } from './envelope.js';
import { monotonicIds } from './event-ids.js';
import type { Executed } from './executed.js';
import { probeRevision, readKeyedEvents } from './find-keyed-events.js';
import { keyedEventId } from './keyed-event-id.js';
import { Snapshots, type SnapshotsOptions } from './snapshots.js';
import { unavailable } from './unavailable.js';

export interface ActorSystemOptions {
  readonly log: EventLog;
  readonly snapshots?: SnapshotsOptions;
  /** Commands that may wait for one actor (default 1,000). */
  readonly mailboxLimit?: number;
  /** Milliseconds after which an actor without commands is dropped (default 60,000). */
  readonly idleMs?: number;
  /** Actors in memory (default 10,000); beyond it the one idle for longest makes room. */
  readonly maxActors?: number;
  /** Told of every error that is not a refusal; the command's caller gets it too. */
  readonly onFault?: (error: unknown, stream: string) => void;
  /** Ids of events (default: monotonic ULIDs). */
  readonly newId?: () => string;
  /** Milliseconds (default: the monotonic clock of the process). */
  readonly clock?: () => number;
}

/**
 * Runs aggregates as actors: one per stream in this process, each with an ordered, bounded mailbox. Other processes may
 * write to the same log: expected revisions keep every rule whole.
 */
export class ActorSystem {
  readonly #registry: ActorRegistry<Actor<unknown, unknown, DomainEvent>>;
  readonly #around: ActorSurroundings;
  readonly #snapshots: Snapshots | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: ActorSystemOptions) {
    const { log, mailboxLimit = 1000, onFault = () => undefined, newId = monotonicIds() } = options;
    this.#snapshots = options.snapshots && new Snapshots(options.snapshots, onFault);
    this.#around = { log, mailboxLimit, onFault, newId, snapshots: this.#snapshots };
    this.#registry = new ActorRegistry({
      idleMs: options.idleMs ?? 60_000,
      maxActors: options.maxActors ?? 10_000,
      clock: options.clock ?? (() => performance.now()),
    });
  }

  /** Actors in memory. */
  get size(): number {
    return this.#registry.size;
  }

  /**
   * Decides one command and appends its events. With an idempotency key a command of the same type, from the same user,
   * to the same aggregate is executed once: a repeat answers the earlier events (if there were any) and today's state.
   * @throws DomainError a refusal by the aggregate; OVERLOADED when the mailbox is full or others write too fast;
   *   UNAVAILABLE when the log cannot be reached (whether the events were appended is then unknown) or the system closes.
   * @throws whatever else `decide` or `evolve` threw.
   */
  execute<State, Command, Event extends DomainEvent>(
    aggregate: Aggregate<State, Command, Event>,
    id: string,
    command: Command,
    metadata: CommandMetadata,
  ): Promise<Executed<State>> {
    const stream = streamOf(aggregate, id);
    const firstId =
      metadata.idempotencyKey === undefined ? undefined : keyedEventId(stream, command, metadata, 0);
    return this.#send(aggregate, stream, { request: { command, metadata }, firstId });
  }

  /**
   * The events that a command with this idempotency key led to when it was executed; none when it was not. For callers who
   * refuse some commands before they send them.
   * @throws DomainError UNAVAILABLE
   */
  async earlier<State, Command extends { readonly type: string }, Event extends DomainEvent>(
    aggregate: Aggregate<State, Command, Event>,
    id: string,
    type: Command['type'],
    metadata: CommandMetadata,
  ): Promise<readonly RecordedEvent[]> {
    const { log } = this.#around;
    const stream = streamOf(aggregate, id);
    const firstId = keyedEventId(stream, { type }, metadata, 0);
    try {
      const revision = await probeRevision(log, stream, firstId, metadata);
      return revision === undefined ? [] : await readKeyedEvents(log, stream, revision, { type }, metadata);
    } catch (error) {
      throw error instanceof LogUnavailable ? unavailable(error) : error;
    }
  }

  /** The state after all commands that were sent before, and everything that other nodes have appended. */
  async state<State, Command, Event extends DomainEvent>(
    aggregate: Aggregate<State, Command, Event>,
    id: string,
  ): Promise<State> {
    return (await this.#send(aggregate, streamOf(aggregate, id), {})).state;
  }

  /**
   * Lets go of everything that was read from the log: states in memory, those of busy actors once they have decided what they
   * are at, and all snapshots. For when events read otherwise than before, since personal texts in them were erased.
   * @param era names the time that begins: snapshots of another are not believed
   */
  async forget(era: string): Promise<void> {
    for (const actor of this.#registry.dropIdle()) actor.forget();
    await this.#snapshots?.forget(era);
  }

  /** Executes what waits, then refuses with UNAVAILABLE. The log and the snapshot store stay open: they are their owner's. */
  close(): Promise<void> {
    this.#closing ??= this.#registry.drained().then(() => this.#snapshots?.settled());
    return this.#closing;
  }

  #send<State, Command, Event extends DomainEvent>(
    aggregate: Aggregate<State, Command, Event>,
    stream: string,
    letter: Pick<Envelope<State, Command>, 'request' | 'firstId'>,
  ): Promise<Executed<State>> {
    return new Promise((answer, refuse) => {
      if (this.#closing) throw new DomainError('UNAVAILABLE');
      const actor = this.#registry.busy(stream, onIdle => {
        const created = new Actor(stream, aggregate, this.#around, onIdle);
        return created;
      });
      (actor as unknown as Actor<State, Command, Event>).send({ ...letter, answer, refuse });
    });
  }
}
