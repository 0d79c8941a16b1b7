import { join } from 'node:path';
import { Module } from '@nestjs/common';
import type { Config } from '#libs/config';
import { DomainError, SYSTEM, WebhookEndpoint } from '#libs/domain';
import type { EventLog, Position } from '#libs/event-log';
import { Aggregates } from '../platform/aggregates.js';
import { Clock } from '../platform/clock.js';
import { EVENT_LOG } from '../platform/log-follower.js';
import { LOGGER, type Logger } from '../platform/logger.js';
import { CONFIG } from '../platform/settings.js';
import { AnsweredRequests } from './answered-requests.js';
import { ChangeEndpointHandler } from './change-endpoint.js';
import { ConfiguredEndpoints } from './configured-endpoints.js';
import { CreateEndpointHandler } from './create-endpoint.js';
import { ListDeliveriesHandler } from './list-deliveries.js';
import { ListEndpointsHandler } from './list-endpoints.js';
import { ReachableAddresses } from './reachable-addresses.js';
import { RedeliverHandler } from './redeliver.js';
import { RemoveEndpointHandler } from './remove-endpoint.js';
import { RotateSecretHandler } from './rotate-secret.js';
import { SendTestHandler } from './send-test.js';
import { WebhookEndpoints } from './webhook-endpoints.js';
import { WebhookEngine } from './webhook-engine.js';
import { WebhookSecrets } from './webhook-secrets.js';
import { WebhookSender } from './webhook-sender.js';

/** Without a key to tell repeats by: an endpoint that was enabled since may be disabled for the same event again. */
const disabling =
  (aggregates: Aggregates) =>
  async (endpointId: string, reason: 'failing' | 'gone', cause: string): Promise<Position | undefined> => {
    try {
      const context = { by: SYSTEM, requestId: cause };
      const command = { type: 'DisableWebhookEndpoint', reason } as const;
      return (await aggregates.run(WebhookEndpoint, endpointId, command, context)).position;
    } catch (error) {
      // It was removed meanwhile.
      if (!(error instanceof DomainError && error.code === 'WEBHOOK_NOT_FOUND')) throw error;
      return undefined;
    }
  };

const engine = {
  provide: WebhookEngine,
  inject: [CONFIG, EVENT_LOG, Clock, LOGGER, WebhookSender, WebhookSecrets, Aggregates],
  useFactory: (
    config: Config,
    log: EventLog,
    clock: Clock,
    logger: Logger,
    sender: WebhookSender,
    secrets: WebhookSecrets,
    aggregates: Aggregates,
  ) =>
    WebhookEngine.open({
      file: join(config.dataDir, 'webhooks.db'),
      sends: config.webhooks.sends,
      disable: disabling(aggregates),
      ...{ log, clock, logger, sender, secrets },
    }),
};
const reachable = {
  provide: ReachableAddresses,
  inject: [CONFIG],
  useFactory: (config: Config) => new ReachableAddresses(config.webhooks.allowedNetworks),
};
const sender = {
  provide: WebhookSender,
  inject: [ReachableAddresses],
  useFactory: (addresses: ReachableAddresses) => new WebhookSender({ reachable: addresses }),
};

/** Tells other systems what happens in meetings. docs/WEBHOOKS.md is its contract. */
@Module({
  providers: [
    reachable,
    sender,
    engine,
    WebhookSecrets,
    WebhookEndpoints,
    ConfiguredEndpoints,
    AnsweredRequests,
    CreateEndpointHandler,
    ChangeEndpointHandler,
    RemoveEndpointHandler,
    RotateSecretHandler,
    SendTestHandler,
    RedeliverHandler,
    ListEndpointsHandler,
    ListDeliveriesHandler,
  ],
  exports: [WebhookSecrets],
})
export class WebhooksModule {}
