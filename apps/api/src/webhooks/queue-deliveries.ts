import { type AnyEvent, isSubscribed, upcast, type WebhookEndpointState } from '#libs/domain';
import type { RecordedEvent } from '#libs/event-log';
import { advanceLane, type Lane } from './delivery-lanes.js';
import type { Delivery, WebhookTables } from './webhook-database.js';
import { webhookName } from './webhook-words.js';

/** What an endpoint is to be told of an event; undefined when it is not told of it. */
export const deliveryOf = (
  recorded: RecordedEvent,
  endpoint: Pick<WebhookEndpointState, 'endpointId' | 'events'>,
  now: number,
): Delivery | undefined => {
  const event = upcast(recorded) as unknown as AnyEvent;
  const name = webhookName(event);
  if (name === undefined || !isSubscribed(endpoint.events, name)) return undefined;
  return {
    endpoint_id: endpoint.endpointId,
    position: recorded.position,
    event_id: recorded.id,
    stream: recorded.stream,
    revision: recorded.revision,
    meeting_id: (event.data as { meetingId: string }).meetingId,
    event: name,
    status: 'pending',
    attempts: 0,
    queued: 1,
    due_at: null,
    created_at: now,
    last_attempt_at: null,
    last_status: null,
    last_error: null,
    duration_ms: null,
  };
};

/**
 * Queues deliveries, in any order: they are sent in the log's. To be called within a transaction.
 * @param again whether those that were queued before are queued anew
 */
export const queueDeliveries = async (
  tx: WebhookTables,
  deliveries: readonly Delivery[],
  { again, now }: { readonly again: boolean; readonly now: number },
): Promise<void> => {
  const lanes = new Map<string, Lane>();
  for (const delivery of deliveries) {
    const { endpoint_id, meeting_id } = delivery;
    lanes.set(`${endpoint_id}\n${meeting_id}`, { endpoint_id, meeting_id });
    await tx
      .insertInto('deliveries')
      .values(delivery)
      .onConflict(conflict => {
        const known = conflict.columns(['endpoint_id', 'position']);
        if (!again) return known.doNothing();
        return known.doUpdateSet(eb => ({
          status: 'pending',
          attempts: 0,
          queued: eb('deliveries.queued', '+', 1),
          due_at: null,
          created_at: now,
        }));
      })
      .execute();
  }
  for (const lane of lanes.values()) await advanceLane(tx, lane, now);
};
