import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Principal, WebhookEndpointState } from '#libs/domain';
import type { Position } from '#libs/event-log';
import { ConfiguredEndpoints } from './configured-endpoints.js';
import { countPending, firstUndelivered } from './due-deliveries.js';
import { requireAdmin } from './require-admin.js';
import { WebhookEngine } from './webhook-engine.js';

export interface EndpointOverview {
  readonly endpoint: WebhookEndpointState;
  /** Whether it comes from the configuration. */
  readonly configured: boolean;
  /** Deliveries that wait. */
  readonly pending: number;
  /** Position of the first delivery that failed or waits: redelivering from there makes up for all of them. */
  readonly firstUndelivered?: Position;
}

/** Endpoints with what waits for them: all, or one of them. */
export class ListEndpoints extends Query<EndpointOverview[]> {
  constructor(
    readonly by: Principal,
    readonly endpointId?: string,
  ) {
    super();
  }
}

@QueryHandler(ListEndpoints)
export class ListEndpointsHandler implements IQueryHandler<ListEndpoints> {
  constructor(
    private readonly engine: WebhookEngine,
    private readonly configured: ConfiguredEndpoints,
  ) {}

  async execute({ by, endpointId: wanted }: ListEndpoints): Promise<EndpointOverview[]> {
    requireAdmin(by);
    const { tables, follower } = this.engine;
    const endpoints = follower.endpoints.filter(
      ({ endpointId }) => wanted === undefined || endpointId === wanted,
    );
    return Promise.all(
      endpoints.map(async endpoint => ({
        endpoint,
        configured: this.configured.has(endpoint.endpointId),
        pending: await countPending(tables, endpoint.endpointId),
        firstUndelivered: await firstUndelivered(tables, endpoint.endpointId),
      })),
    );
  }
}
