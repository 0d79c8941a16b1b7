import { Injectable } from '@nestjs/common';
import { ActorSystem, type CommandMetadata, type Executed, newUlid } from '#libs/actors';
import { type Aggregate, type DomainEvent, type Issued, SYSTEM } from '#libs/domain';
import type { RecordedEvent } from '#libs/event-log';
import { ProjectionRunner } from '#libs/read-models';
import { Clock } from './clock.js';
import { InjectLogger, type Logger } from './logger.js';
import { commandsTotal } from './metrics.js';
import { projected } from './projected.js';
import type { RequestContext } from './request-context.js';

type WithoutIssuer<C> = C extends Issued ? Omit<C, keyof Issued> : never;

/** The context of what Parley does by itself; `cause` is the id of the event or fact that led to it. */
export const systemContext = (cause: string): RequestContext => ({
  by: SYSTEM,
  requestId: cause,
  idempotencyKey: cause,
});

const metadataOf = (
  type: string,
  time: string,
  { by, requestId, idempotencyKey }: RequestContext,
): CommandMetadata => ({
  correlationId: requestId,
  userId: by.userId,
  time,
  ...(idempotencyKey && { idempotencyKey: `${by.userId}\n${idempotencyKey}\n${type}` }),
});

/** The road from a command to its answer: actor, log, and this node's projections, so that a client reads its own writes. */
@Injectable()
export class Aggregates {
  constructor(
    private readonly actors: ActorSystem,
    private readonly projections: ProjectionRunner,
    private readonly clock: Clock,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /** Runs a command and returns the state after it. @throws DomainError when the aggregate refuses it. */
  async execute<State, C extends Issued & { type: string }, E extends DomainEvent>(
    aggregate: Aggregate<State, C, E>,
    id: string,
    command: WithoutIssuer<C>,
    context: RequestContext,
  ): Promise<State> {
    return (await this.run(aggregate, id, command, context)).state;
  }

  /** As execute, with the events that the command led to. */
  async run<State, C extends Issued & { type: string }, E extends DomainEvent>(
    aggregate: Aggregate<State, C, E>,
    id: string,
    command: WithoutIssuer<C>,
    context: RequestContext,
  ): Promise<Executed<State>> {
    const at = this.clock.iso();
    const issued = { ...command, by: context.by, at } as unknown as C;
    const executed = await this.actors.execute(aggregate, id, issued, metadataOf(issued.type, at, context));
    commandsTotal.inc({ command: issued.type });
    const { position } = executed;
    if (position !== undefined && !(await projected(this.projections, position))) {
      this.logger.warn({ reqId: context.requestId, position }, 'an answer did not wait for the read models');
    }
    return executed;
  }

  /**
   * What a command with the context's idempotency key led to when it was first executed, and nothing where it was not: for what
   * is refused before it comes to the aggregate, and may be a repeat.
   */
  async earlier<State, C extends Issued & { type: string }, E extends DomainEvent>(
    aggregate: Aggregate<State, C, E>,
    id: string,
    type: C['type'],
    context: RequestContext,
  ): Promise<readonly RecordedEvent[]> {
    if (!context.idempotencyKey) return [];
    return this.actors.earlier(aggregate, id, type, metadataOf(type, this.clock.iso(), context));
  }

  state<State, C, E extends DomainEvent>(aggregate: Aggregate<State, C, E>, id: string): Promise<State> {
    return this.actors.state(aggregate, id);
  }

  /** For what Parley does by itself without a fact or event as its cause. */
  ownContext(): RequestContext {
    return { by: SYSTEM, requestId: `sys_${newUlid()}` };
  }
}
