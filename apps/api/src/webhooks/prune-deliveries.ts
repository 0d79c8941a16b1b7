import { setImmediate } from 'node:timers/promises';
import { advanceLane, type Lane } from './delivery-lanes.js';
import { removedEndpoints } from './endpoint-table.js';
import type { WebhookTables } from './webhook-database.js';

/** Deliveries of one step, which nothing else in this process can interrupt. */
const STEP = 1_000;

/** One step. Returns how many were dropped. */
const dropSome = (tables: WebhookTables, before: number, now: number): Promise<number> =>
  tables.transaction().execute(async tx => {
    const old = tx.selectFrom('deliveries').where('created_at', '<', before);
    const orphaned = tx.selectFrom('deliveries').where('endpoint_id', 'in', removedEndpoints(tx));
    let count = 0;
    const lanes = new Map<string, Lane>();
    for (const chosen of [old, orphaned]) {
      const some = chosen.select(['endpoint_id', 'position']).limit(STEP - count);
      const dropped = await tx
        .deleteFrom('deliveries')
        .where(eb =>
          eb(eb.refTuple('endpoint_id', 'position'), 'in', some.$asTuple('endpoint_id', 'position')),
        )
        .returning(['endpoint_id', 'meeting_id', 'status'])
        .execute();
      count += dropped.length;
      for (const { status, ...lane } of dropped)
        if (status === 'pending') lanes.set(`${lane.endpoint_id}\n${lane.meeting_id}`, lane);
    }
    for (const lane of lanes.values()) await advanceLane(tx, lane, now);
    return count;
  });

/**
 * Drops what was queued before a time, whatever became of it, and what endpoints were told that are removed: in steps, since
 * it can be millions. Times are milliseconds since 1970.
 */
export const pruneDeliveries = async (
  tables: WebhookTables,
  before: number,
  now: number,
  signal: AbortSignal,
): Promise<void> => {
  await tables.deleteFrom('answered').where('created_at', '<', before).execute();
  while (!signal.aborted && (await dropSome(tables, before, now)) === STEP) await setImmediate();
};
