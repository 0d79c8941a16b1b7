import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import { DomainError, type WebhookCommand, WebhookEndpoint, type WebhookEndpointState } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import type { RequestContext } from '../platform/request-context.js';
import { ReachableAddresses } from './reachable-addresses.js';
import { WebhookEngine } from './webhook-engine.js';

type WithoutIssuer<C> = C extends unknown ? Omit<C, 'by' | 'at'> : never;

/** Commands to endpoints, answered once what delivers to them knows. */
@Injectable()
export class WebhookEndpoints {
  constructor(
    private readonly aggregates: Aggregates,
    private readonly engine: WebhookEngine,
    private readonly reachable: ReachableAddresses,
  ) {}

  async execute(
    endpointId: string,
    command: WithoutIssuer<WebhookCommand>,
    context: RequestContext,
  ): Promise<WebhookEndpointState> {
    const { state, position } = await this.aggregates.run(WebhookEndpoint, endpointId, command, context);
    if (position !== undefined) await this.engine.follower.caughtUp(position);
    return state;
  }

  /** @throws DomainError WEBHOOK_NOT_FOUND for one that never was or was removed */
  async find(endpointId: string): Promise<WebhookEndpointState> {
    const state = await this.aggregates.state(WebhookEndpoint, endpointId);
    if (state.status === 'none' || state.status === 'removed') throw new DomainError('WEBHOOK_NOT_FOUND');
    return state;
  }

  /**
   * Refuses what could never be delivered. Where a name leads is looked up when it is called, not here: it may change.
   * @throws DomainError VALIDATION_FAILED naming `url`
   */
  requireReachable(text: string): void {
    if (!URL.canParse(text)) return;
    const { hostname, protocol } = new URL(text);
    const host = hostname.replace(/^\[|\]$/g, '');
    const noTls = protocol === 'http:' && !this.reachable.mayLackTls;
    const reason = isIP(host)
      ? this.reachable.refusal(host, protocol)
      : noTls &&
        'only allowed networks (PARLEY_WEBHOOK_ALLOWED_NETWORKS) may be called without TLS: use https://';
    if (reason)
      throw new DomainError('VALIDATION_FAILED', { url: reason }, `The url is not valid: ${reason}`);
  }
}
