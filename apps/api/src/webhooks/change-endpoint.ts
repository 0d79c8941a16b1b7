import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { WebhookEndpointState } from '#libs/domain';
import type { RequestContext } from '../platform/request-context.js';
import { requireAdmin } from './require-admin.js';
import { WebhookEndpoints } from './webhook-endpoints.js';

/** What is absent stays as it is. */
export interface EndpointChanges {
  readonly url?: string;
  readonly events?: readonly string[];
  readonly description?: string;
  readonly enabled?: boolean;
}

export class ChangeEndpoint extends Command<WebhookEndpointState> {
  constructor(
    readonly endpointId: string,
    readonly changes: EndpointChanges,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(ChangeEndpoint)
export class ChangeEndpointHandler implements ICommandHandler<ChangeEndpoint> {
  constructor(private readonly endpoints: WebhookEndpoints) {}

  async execute({ endpointId, changes, context }: ChangeEndpoint): Promise<WebhookEndpointState> {
    requireAdmin(context.by);
    const { url } = changes;
    if (url !== undefined) {
      const { url: before } = await this.endpoints.find(endpointId);
      if (url !== before) this.endpoints.requireReachable(url);
    }
    return this.endpoints.execute(endpointId, { type: 'ChangeWebhookEndpoint', ...changes }, context);
  }
}
