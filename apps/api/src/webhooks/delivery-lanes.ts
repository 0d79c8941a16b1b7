import type { WebhookTables } from './webhook-database.js';

/** Deliveries of one endpoint and one meeting: they go one after the other. */
export interface Lane {
  readonly endpoint_id: string;
  readonly meeting_id: string;
}

/**
 * Lets the first delivery of a lane that is pending be due, and no other: one that an earlier one has overtaken, since that was
 * queued anew, begins its attempts anew after it. To be called within the transaction that changed
 * what is pending.
 * @param now milliseconds since 1970: when it is due, unless it has a time already
 */
export const advanceLane = async (
  tx: WebhookTables,
  { endpoint_id, meeting_id }: Lane,
  now: number,
): Promise<void> => {
  const first = await tx
    .selectFrom('deliveries')
    .select(['position', 'due_at'])
    .where('endpoint_id', '=', endpoint_id)
    .where('meeting_id', '=', meeting_id)
    .where('status', '=', 'pending')
    .orderBy('position')
    .limit(1)
    .executeTakeFirst();
  if (!first) return;
  await tx
    .updateTable('deliveries')
    .set(eb => ({ due_at: null, attempts: 0, queued: eb('queued', '+', 1) }))
    .where('endpoint_id', '=', endpoint_id)
    .where('meeting_id', '=', meeting_id)
    .where('status', '=', 'pending')
    .where('position', '>', first.position)
    .where('due_at', 'is not', null)
    .execute();
  if (first.due_at !== null) return;
  await tx
    .updateTable('deliveries')
    .set({ due_at: now })
    .where('endpoint_id', '=', endpoint_id)
    .where('position', '=', first.position)
    .execute();
};
