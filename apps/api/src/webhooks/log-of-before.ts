import { upcast, WEBHOOK_EVENT_TYPES, type WebhookEvent } from '#libs/domain';
import type { EventLog, Position } from '#libs/event-log';
import { foldEndpoint } from './endpoint-table.js';
import { eventOfDelivery } from './event-of-delivery.js';
import type { WebhookTables } from './webhook-database.js';

/** Deliveries that are looked for in the log, the latest first: a single one may be gone from it for reasons of its own. */
const WITNESSES = 20;

/** Whether this is the log that was followed before, as far as it goes; undefined where nothing tells. */
export const isLogOfBefore = async (
  log: Pick<EventLog, 'readStream'>,
  tables: WebhookTables,
  head: Position,
): Promise<boolean | undefined> => {
  const witnesses = await tables
    .selectFrom('deliveries')
    .select(['stream', 'revision', 'event_id'])
    .where('position', '<=', head)
    .orderBy('created_at', 'desc')
    .limit(WITNESSES)
    .execute();
  for (const witness of witnesses) if (await eventOfDelivery(log, witness)) return true;
  return witnesses.length === 0 ? undefined : false;
};

/**
 * Begins with the endpoints that the log tells of, and without anything that it does not tell of up to there.
 * @param keeps whether deliveries and redeliveries up to there are of this log: else they are dropped, too
 */
export const beginAt = async (
  tx: WebhookTables,
  log: Pick<EventLog, 'readAll'>,
  head: Position,
  keeps: boolean,
): Promise<void> => {
  await tx.deleteFrom('endpoints').execute();
  for await (const event of log.readAll({ types: WEBHOOK_EVENT_TYPES })) {
    if (event.position > head) break;
    await foldEndpoint(tx, upcast(event) as unknown as WebhookEvent);
  }
  if (!keeps) {
    await tx.deleteFrom('deliveries').execute();
    await tx.deleteFrom('redeliveries').execute();
    return;
  }
  const known = tx.selectFrom('endpoints').select('endpoint_id');
  await tx
    .deleteFrom('deliveries')
    .where(eb => eb.or([eb('position', '>', head), eb('endpoint_id', 'not in', known)]))
    .execute();
  await tx
    .deleteFrom('redeliveries')
    .where(eb => eb.or([eb('after', '>', head), eb('endpoint_id', 'not in', known)]))
    .execute();
  await tx.updateTable('redeliveries').set({ until: head }).where('until', '>', head).execute();
};
