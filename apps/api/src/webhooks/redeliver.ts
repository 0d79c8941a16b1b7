import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError } from '#libs/domain';
import type { EventLog, Position } from '#libs/event-log';
import { EVENT_LOG } from '../platform/log-follower.js';
import type { RequestContext } from '../platform/request-context.js';
import { AnsweredRequests } from './answered-requests.js';
import { requireAdmin } from './require-admin.js';
import { WebhookEndpoints } from './webhook-endpoints.js';
import { WebhookEngine } from './webhook-engine.js';

/** One delivery by its id, or all from a position on. */
export type RedeliverWish = { readonly deliveryId: string } | { readonly from: Position };

export interface Redelivered {
  readonly deliveryId?: string;
  /** Positions, inclusive. */
  readonly from?: Position;
  readonly until?: Position;
}

export class Redeliver extends Command<Redelivered> {
  constructor(
    readonly endpointId: string,
    readonly wish: RedeliverWish,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(Redeliver)
export class RedeliverHandler implements ICommandHandler<Redeliver> {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly engine: WebhookEngine,
    private readonly answered: AnsweredRequests,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  async execute({ endpointId, wish, context }: Redeliver): Promise<Redelivered> {
    requireAdmin(context.by);
    await this.endpoints.find(endpointId);
    if (!this.engine.sends) {
      throw new DomainError('UNAVAILABLE', {}, 'This api delivers no webhooks: PARLEY_WEBHOOKS is off here');
    }
    return this.answered.once(`redelivery to ${endpointId}`, context, async () => {
      if ('deliveryId' in wish) {
        await this.engine.redeliveries.one(endpointId, wish.deliveryId);
        return { deliveryId: wish.deliveryId };
      }
      const { from } = wish;
      const head = await this.log.head();
      if (from > head) {
        throw new DomainError('VALIDATION_FAILED', {
          from_position: `must be a position in the log, which ends at ${head}`,
        });
      }
      const until = this.engine.follower.position;
      await this.engine.redeliveries.from(endpointId, from, until);
      return { from, until };
    });
  }
}
