import type { WebhookEndpointState } from '#libs/domain';
import type { EndpointOverview } from '../../webhooks/list-endpoints.js';
import type { SentTest } from '../../webhooks/send-test.js';
import type { Delivery } from '../../webhooks/webhook-database.js';
import { webhookId } from '../../webhooks/webhook-id.js';

const iso = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : new Date(milliseconds).toISOString();

/** What an endpoint is, without its secret. */
export const endpointView = (endpoint: WebhookEndpointState) => ({
  endpoint_id: endpoint.endpointId,
  url: endpoint.url,
  events: endpoint.events,
  format: endpoint.format,
  description: endpoint.description ?? null,
  status: endpoint.status,
  disabled_reason: endpoint.disabled?.reason ?? null,
  disabled_at: endpoint.disabled?.at ?? null,
  secret_rotated_at: endpoint.rotatedAt ?? null,
  created_by: endpoint.createdBy,
  created_at: endpoint.createdAt,
});

/** With what waits for it. */
export const overviewView = ({ endpoint, configured, pending, firstUndelivered }: EndpointOverview) => ({
  ...endpointView(endpoint),
  configured,
  pending,
  first_undelivered_position: firstUndelivered ?? null,
});

export const deliveryView = (delivery: Delivery) => ({
  delivery_id: webhookId(delivery.event_id),
  event: delivery.event,
  meeting_id: delivery.meeting_id,
  position: delivery.position,
  status: delivery.status,
  attempts: delivery.attempts,
  last_attempt_at: iso(delivery.last_attempt_at),
  last_status: delivery.last_status,
  last_error: delivery.last_error,
  duration_ms: delivery.duration_ms,
  next_attempt_at: iso(delivery.due_at),
  queued_at: iso(delivery.created_at),
});

export const testView = ({ id, delivered, status, error, durationMs }: SentTest) => ({
  webhook_id: id,
  delivered,
  status: status ?? null,
  error: error ?? null,
  duration_ms: durationMs,
});
