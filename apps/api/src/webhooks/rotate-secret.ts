import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { WebhookEndpointState } from '#libs/domain';
import type { RequestContext } from '../platform/request-context.js';
import { requireAdmin } from './require-admin.js';
import { WebhookEndpoints } from './webhook-endpoints.js';

export class RotateSecret extends Command<WebhookEndpointState> {
  constructor(
    readonly endpointId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(RotateSecret)
export class RotateSecretHandler implements ICommandHandler<RotateSecret> {
  constructor(private readonly endpoints: WebhookEndpoints) {}

  execute({ endpointId, context }: RotateSecret): Promise<WebhookEndpointState> {
    requireAdmin(context.by);
    return this.endpoints.execute(endpointId, { type: 'RotateWebhookSecret' }, context);
  }
}
