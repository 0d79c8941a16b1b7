import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, UseFilters } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DomainError, type WebhookEndpointState } from '#libs/domain';
import { Context } from '../../auth/request-context-param.js';
import type { RequestContext } from '../../platform/request-context.js';
import { ChangeEndpoint } from '../../webhooks/change-endpoint.js';
import { CreateEndpoint } from '../../webhooks/create-endpoint.js';
import { ListDeliveries } from '../../webhooks/list-deliveries.js';
import { ListEndpoints } from '../../webhooks/list-endpoints.js';
import { Redeliver, type RedeliverWish } from '../../webhooks/redeliver.js';
import { RemoveEndpoint } from '../../webhooks/remove-endpoint.js';
import { RotateSecret } from '../../webhooks/rotate-secret.js';
import { SendTest } from '../../webhooks/send-test.js';
import { WebhookSecrets } from '../../webhooks/webhook-secrets.js';
import { PlatformAnswers } from '../platform/platform-answers.js';
import { PlatformErrorFilter } from '../platform/platform-error-filter.js';
import {
  ChangeWebhookBody,
  CreateWebhookBody,
  DeliveriesQuery,
  RedeliverBody,
  WebhookPath,
} from './webhooks-body.js';
import * as examples from './webhooks-examples.js';
import { deliveryView, endpointView, overviewView, testView } from './webhooks-view.js';

const wishOf = ({ from_position: from, delivery_id: deliveryId }: RedeliverBody): RedeliverWish => {
  if (from !== undefined && deliveryId === undefined) return { from };
  if (deliveryId !== undefined && from === undefined) return { deliveryId };
  const reason = 'give either from_position or delivery_id';
  throw new DomainError('VALIDATION_FAILED', { from_position: reason, delivery_id: reason });
};

/** Webhook endpoints, for the role admin. What they are sent: docs/WEBHOOKS.md. */
@ApiTags('Webhooks')
@ApiBearerAuth()
@UseFilters(PlatformErrorFilter)
@Controller('api/v1/webhooks')
export class WebhooksController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly secrets: WebhookSecrets,
  ) {}

  @Post()
  @PlatformAnswers(
    {
      status: 201,
      description: 'The endpoint, and the secret that signs what it is sent',
      example: examples.ENDPOINT_WITH_SECRET,
    },
    'INSUFFICIENT_PERMISSION',
  )
  @ApiOperation({ summary: 'Have an address told of what happens from now on (role admin)' })
  async create(
    @Body() { url, events = [], format = 'meetings', description }: CreateWebhookBody,
    @Context() context: RequestContext,
  ): Promise<unknown> {
    const endpoint = { url, events, format, ...(description && { description }) };
    return this.withSecret(await this.commands.execute(new CreateEndpoint(endpoint, context)));
  }

  @Get()
  @PlatformAnswers(
    { description: 'All endpoints, with what waits for them', example: examples.ENDPOINTS },
    'INSUFFICIENT_PERMISSION',
  )
  @ApiOperation({ summary: 'All webhook endpoints (role admin)' })
  async list(@Context() { by }: RequestContext): Promise<unknown> {
    return { webhooks: (await this.queries.execute(new ListEndpoints(by))).map(overviewView) };
  }

  @Get(':id')
  @PlatformAnswers(
    { description: 'The endpoint with its secret', example: examples.ENDPOINT_IN_FULL },
    'INSUFFICIENT_PERMISSION',
    'WEBHOOK_NOT_FOUND',
  )
  @ApiOperation({ summary: 'One webhook endpoint, with its secret (role admin)' })
  async get(@Param() { id }: WebhookPath, @Context() { by }: RequestContext): Promise<unknown> {
    const [overview] = await this.queries.execute(new ListEndpoints(by, id));
    if (!overview) throw new DomainError('WEBHOOK_NOT_FOUND');
    const { endpoint } = overview;
    const secret = this.secrets.secret(endpoint.endpointId, endpoint.generation);
    return { ...overviewView(overview), secret };
  }

  @Put(':id')
  @PlatformAnswers(
    { description: 'The endpoint as it is now', example: examples.CHANGED_ENDPOINT },
    'INSUFFICIENT_PERMISSION',
    'WEBHOOK_NOT_FOUND',
  )
  @ApiOperation({
    summary: 'Change what an endpoint is told, or enable or disable it (role admin); what is absent stays',
  })
  async change(
    @Param() { id }: WebhookPath,
    @Body() changes: ChangeWebhookBody,
    @Context() context: RequestContext,
  ): Promise<unknown> {
    return endpointView(await this.commands.execute(new ChangeEndpoint(id, { ...changes }, context)));
  }

  @Delete(':id')
  @HttpCode(204)
  @PlatformAnswers(
    { status: 204, description: 'It is told of nothing any more' },
    'INSUFFICIENT_PERMISSION',
    'WEBHOOK_NOT_FOUND',
  )
  @ApiOperation({ summary: 'Remove a webhook endpoint (role admin)' })
  async remove(@Param() { id }: WebhookPath, @Context() context: RequestContext): Promise<void> {
    await this.commands.execute(new RemoveEndpoint(id, context));
  }

  @Post(':id/test')
  @HttpCode(200)
  @PlatformAnswers(
    { description: 'What became of it: `delivered`, or why not', example: examples.SENT_TEST },
    'INSUFFICIENT_PERMISSION',
    'WEBHOOK_NOT_FOUND',
    'RATE_LIMIT_EXCEEDED',
  )
  @ApiOperation({ summary: 'Send `webhook.test` now and tell what happened (role admin)' })
  async test(@Param() { id }: WebhookPath, @Context() context: RequestContext): Promise<unknown> {
    return testView(await this.commands.execute(new SendTest(id, context)));
  }

  @Post(':id/rotate-secret')
  @HttpCode(200)
  @PlatformAnswers(
    {
      description: 'The new secret; the one before signs as well for 24 hours',
      example: examples.ENDPOINT_WITH_SECRET,
    },
    'INSUFFICIENT_PERMISSION',
    'WEBHOOK_NOT_FOUND',
  )
  @ApiOperation({ summary: 'Sign with a new secret from now on (role admin)' })
  async rotate(@Param() { id }: WebhookPath, @Context() context: RequestContext): Promise<unknown> {
    return this.withSecret(await this.commands.execute(new RotateSecret(id, context)));
  }

  @Get(':id/deliveries')
  @PlatformAnswers(
    { description: 'Deliveries of the last 30 days, the latest event first', example: examples.DELIVERIES },
    'INSUFFICIENT_PERMISSION',
    'WEBHOOK_NOT_FOUND',
  )
  @ApiOperation({ summary: 'What became of what an endpoint was to be told (role admin)' })
  async deliveries(
    @Param() { id }: WebhookPath,
    @Query() { status, limit, before }: DeliveriesQuery,
    @Context() { by }: RequestContext,
  ): Promise<unknown> {
    const page = await this.queries.execute(new ListDeliveries(by, id, { status, before, limit }));
    const next = page.length === limit ? (page.at(-1)?.position ?? null) : null;
    return { deliveries: page.map(deliveryView), next_before: next };
  }

  @Post(':id/redeliver')
  @HttpCode(202)
  @PlatformAnswers(
    {
      status: 202,
      description: 'It is queued: from that position to where the log was, or the one delivery',
      example: examples.REDELIVERING,
    },
    'INSUFFICIENT_PERMISSION',
    'WEBHOOK_NOT_FOUND',
    'UNAVAILABLE',
  )
  @ApiOperation({
    summary: 'Tell again of everything from a position on, or of one thing (role admin)',
    description:
      'In the order of the log, with the ids of before, also of what happened before the endpoint was created or while it was disabled. Sent once the endpoint is enabled.',
  })
  async redeliver(
    @Param() { id }: WebhookPath,
    @Body() body: RedeliverBody,
    @Context() context: RequestContext,
  ): Promise<unknown> {
    const { deliveryId, from, until } = await this.commands.execute(new Redeliver(id, wishOf(body), context));
    return { delivery_id: deliveryId ?? null, from_position: from ?? null, until_position: until ?? null };
  }

  private withSecret(endpoint: WebhookEndpointState): object {
    const secret = this.secrets.secret(endpoint.endpointId, endpoint.generation);
    return { ...endpointView(endpoint), secret };
  }
}
