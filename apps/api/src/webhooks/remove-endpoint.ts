import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError } from '#libs/domain';
import type { RequestContext } from '../platform/request-context.js';
import { ConfiguredEndpoints } from './configured-endpoints.js';
import { requireAdmin } from './require-admin.js';
import { WebhookEndpoints } from './webhook-endpoints.js';

export class RemoveEndpoint extends Command<void> {
  constructor(
    readonly endpointId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(RemoveEndpoint)
export class RemoveEndpointHandler implements ICommandHandler<RemoveEndpoint> {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly configured: ConfiguredEndpoints,
  ) {}

  async execute({ endpointId, context }: RemoveEndpoint): Promise<void> {
    requireAdmin(context.by);
    if (this.configured.has(endpointId)) {
      const reason =
        'comes from PARLEY_WEBHOOK_URLS and would be back after the next start: take it out there, or disable it';
      throw new DomainError('VALIDATION_FAILED', { id: reason }, `The endpoint ${reason}`);
    }
    await this.endpoints.execute(endpointId, { type: 'RemoveWebhookEndpoint' }, context);
  }
}
