import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Config } from '#libs/config';
import { SYSTEM } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import { InjectLogger, type Logger } from '../platform/logger.js';
import { newId } from '../platform/new-id.js';
import { CONFIG } from '../platform/settings.js';
import { WebhookEndpoints } from './webhook-endpoints.js';
import { WebhookEngine } from './webhook-engine.js';

/** The same address has the same id at every start. */
const idOf = (url: string): string =>
  newId('configured webhook endpoint', { by: SYSTEM, requestId: '', idempotencyKey: new URL(url).href });

/** Endpoints that exist because the configuration names them: made when absent, removed when it names them no more. */
@Injectable()
export class ConfiguredEndpoints implements OnApplicationBootstrap {
  private readonly urls: ReadonlyMap<string, string>;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly endpoints: WebhookEndpoints,
    private readonly engine: WebhookEngine,
    private readonly aggregates: Aggregates,
    @InjectLogger() private readonly logger: Logger,
  ) {
    this.urls = new Map(config.webhooks.urls.map(url => [idOf(url), url]));
  }

  /** Whether the configuration names this endpoint. */
  has(endpointId: string): boolean {
    return this.urls.has(endpointId);
  }

  async onApplicationBootstrap(): Promise<void> {
    // One that delivers nothing may well not be told of what those that do are configured with.
    if (!this.engine.sends) return;
    const present = this.engine.follower.endpoints;
    for (const [endpointId, url] of this.urls) {
      if (present.some(one => one.endpointId === endpointId)) continue;
      await this.attempt(endpointId, async () => {
        this.endpoints.requireReachable(url);
        const endpoint = { endpointId, url, events: [], format: 'meetings' } as const;
        await this.endpoints.execute(
          endpointId,
          { type: 'CreateWebhookEndpoint', ...endpoint },
          this.aggregates.ownContext(),
        );
      });
    }
    for (const { endpointId, createdBy } of present) {
      if (createdBy !== SYSTEM.userId || this.urls.has(endpointId)) continue;
      await this.attempt(endpointId, () =>
        this.endpoints.execute(endpointId, { type: 'RemoveWebhookEndpoint' }, this.aggregates.ownContext()),
      );
    }
  }

  /** What cannot be used is told of and left out; it keeps nobody from meeting. */
  private async attempt(endpointId: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (err) {
      this.logger.warn({ err, endpointId }, 'an endpoint of PARLEY_WEBHOOK_URLS cannot be used');
    }
  }
}
