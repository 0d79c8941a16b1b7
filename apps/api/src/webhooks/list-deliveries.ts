import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Principal } from '#libs/domain';
import type { Position } from '#libs/event-log';
import { requireAdmin } from './require-admin.js';
import type { Delivery, DeliveryStatus } from './webhook-database.js';
import { WebhookEndpoints } from './webhook-endpoints.js';
import { WebhookEngine } from './webhook-engine.js';

export interface DeliveryFilter {
  readonly status?: DeliveryStatus;
  /** Only those of events before this position. */
  readonly before?: Position;
  readonly limit: number;
}

/** What an endpoint was told, or is to be told, the latest event first. */
export class ListDeliveries extends Query<Delivery[]> {
  constructor(
    readonly by: Principal,
    readonly endpointId: string,
    readonly filter: DeliveryFilter,
  ) {
    super();
  }
}

@QueryHandler(ListDeliveries)
export class ListDeliveriesHandler implements IQueryHandler<ListDeliveries> {
  constructor(
    private readonly engine: WebhookEngine,
    private readonly endpoints: WebhookEndpoints,
  ) {}

  async execute({ by, endpointId, filter }: ListDeliveries): Promise<Delivery[]> {
    requireAdmin(by);
    await this.endpoints.find(endpointId);
    const { status, before, limit } = filter;
    return this.engine.tables
      .selectFrom('deliveries')
      .selectAll()
      .where('endpoint_id', '=', endpointId)
      .$if(status !== undefined, query => query.where('status', '=', status ?? 'pending'))
      .$if(before !== undefined, query => query.where('position', '<', before ?? 0))
      .orderBy('position', 'desc')
      .limit(limit)
      .execute();
  }
}
