import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { newUlid } from '#libs/actors';
import { Clock } from '../platform/clock.js';
import type { RateLimit } from '../platform/rate-limits/rate-limit.js';
import { RateLimits } from '../platform/rate-limits/rate-limits.js';
import type { RequestContext } from '../platform/request-context.js';
import { AnsweredRequests } from './answered-requests.js';
import { requireAdmin } from './require-admin.js';
import { signedHeaders } from './signed-headers.js';
import { testBody } from './webhook-body.js';
import { WebhookEndpoints } from './webhook-endpoints.js';
import { webhookId } from './webhook-id.js';
import { WebhookSecrets } from './webhook-secrets.js';
import { type Attempt, WebhookSender } from './webhook-sender.js';

/** Tests of one endpoint: each holds a request open for as long as the receiver takes. */
const RULE = { requests: 30, seconds: 60 };
/** Sending ends by itself, after its time. */
const NEVER = new AbortController().signal;

export interface SentTest extends Attempt {
  readonly id: string;
}

/** Sends `webhook.test` once and tells what happened. It waits for no other delivery, and is not among them. */
export class SendTest extends Command<SentTest> {
  constructor(
    readonly endpointId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(SendTest)
export class SendTestHandler implements ICommandHandler<SendTest> {
  private readonly limit: RateLimit;

  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly secrets: WebhookSecrets,
    private readonly sender: WebhookSender,
    private readonly answered: AnsweredRequests,
    private readonly clock: Clock,
    limits: RateLimits,
  ) {
    this.limit = limits.of('webhook-tests', RULE);
  }

  async execute({ endpointId, context }: SendTest): Promise<SentTest> {
    requireAdmin(context.by);
    const endpoint = await this.endpoints.find(endpointId);
    return this.answered.once(`test of ${endpointId}`, context, async () => {
      await this.limit.take(endpointId);
      const id = webhookId(newUlid());
      const { format, url } = endpoint;
      const body = testBody(endpointId, format, this.clock.iso());
      const now = this.clock.now();
      const headers = signedHeaders({ id, body, format }, this.secrets.inForce(endpoint, now), now);
      return { id, ...(await this.sender.send(url, headers, body, NEVER)) };
    });
  }
}
