import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError, type WebhookEndpointState, type WebhookFormat } from '#libs/domain';
import { newId } from '../platform/new-id.js';
import type { RequestContext } from '../platform/request-context.js';
import { requireAdmin } from './require-admin.js';
import { WebhookEndpoints } from './webhook-endpoints.js';
import { WebhookEngine } from './webhook-engine.js';

/** Each event is queued once for each of them. */
export const MAX_WEBHOOK_ENDPOINTS = 50;

export interface NewEndpoint {
  readonly url: string;
  readonly events: readonly string[];
  readonly format: WebhookFormat;
  readonly description?: string;
}

export class CreateEndpoint extends Command<WebhookEndpointState> {
  constructor(
    readonly endpoint: NewEndpoint,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(CreateEndpoint)
export class CreateEndpointHandler implements ICommandHandler<CreateEndpoint> {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly engine: WebhookEngine,
  ) {}

  async execute({ endpoint, context }: CreateEndpoint): Promise<WebhookEndpointState> {
    requireAdmin(context.by);
    this.endpoints.requireReachable(endpoint.url);
    const endpointId = newId('webhook endpoint', context);
    const known = this.engine.follower.endpoints;
    if (known.length >= MAX_WEBHOOK_ENDPOINTS && !known.some(one => one.endpointId === endpointId)) {
      const reason = `there are ${MAX_WEBHOOK_ENDPOINTS} endpoints already: remove one first`;
      throw new DomainError('VALIDATION_FAILED', { url: reason }, `The request is not valid: ${reason}`);
    }
    return this.endpoints.execute(
      endpointId,
      { type: 'CreateWebhookEndpoint', endpointId, ...endpoint },
      context,
    );
  }
}
