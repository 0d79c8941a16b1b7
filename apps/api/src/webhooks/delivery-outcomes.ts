import { advanceLane } from './delivery-lanes.js';
import type { Delivery, WebhookTables } from './webhook-database.js';
import type { Attempt } from './webhook-sender.js';

const attemptColumns = ({ status, error, durationMs }: Attempt, now: number) => ({
  last_attempt_at: now,
  last_status: status ?? null,
  last_error: error ?? null,
  duration_ms: durationMs,
});

/** What follows from an attempt: it arrived, it is tried again at a time (milliseconds since 1970), or it never will. */
export type Outcome = 'delivered' | 'failed' | { readonly againAt: number };

/**
 * Notes what became of an attempt, and lets the first delivery of the lane that is pending be due.
 * @returns false when the delivery was queued anew or dropped meanwhile: nothing is noted then
 */
export const noteAttempt = (
  tables: WebhookTables,
  delivery: Delivery,
  attempt: Attempt,
  outcome: Outcome,
  now: number,
): Promise<boolean> =>
  tables.transaction().execute(async tx => {
    const again = typeof outcome === 'object';
    const { numUpdatedRows } = await tx
      .updateTable('deliveries')
      .set({
        ...attemptColumns(attempt, now),
        attempts: delivery.attempts + 1,
        status: again ? 'pending' : outcome,
        due_at: again ? outcome.againAt : null,
      })
      .where('endpoint_id', '=', delivery.endpoint_id)
      .where('position', '=', delivery.position)
      .where('queued', '=', delivery.queued)
      .where('status', '=', 'pending')
      .executeTakeFirst();
    // Also after one that is tried again: an earlier one may have been queued anew meanwhile.
    await advanceLane(tx, delivery, now);
    return numUpdatedRows === 1n;
  });

/** Whether a delivery still waits as it was taken up: it was neither queued anew nor dropped meanwhile. */
export const stillWaits = async (
  tables: WebhookTables,
  { endpoint_id, position, queued }: Delivery,
): Promise<boolean> => {
  const row = await tables
    .selectFrom('deliveries')
    .select('position')
    .where('endpoint_id', '=', endpoint_id)
    .where('position', '=', position)
    .where('queued', '=', queued)
    .where('status', '=', 'pending')
    .executeTakeFirst();
  return row !== undefined;
};

/** Tries it later without counting an attempt: what is needed for it is not there. */
export const postpone = async (tables: WebhookTables, delivery: Delivery, until: number): Promise<void> => {
  await tables
    .updateTable('deliveries')
    .set({ due_at: until })
    .where('endpoint_id', '=', delivery.endpoint_id)
    .where('position', '=', delivery.position)
    .where('queued', '=', delivery.queued)
    .where('due_at', 'is not', null)
    .execute();
};
