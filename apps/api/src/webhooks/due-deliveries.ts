import { sql } from 'kysely';
import { removedEndpoints } from './endpoint-table.js';
import type { Delivery, WebhookTables } from './webhook-database.js';

/**
 * The deliveries of an enabled endpoint that are due.
 * @param order which come first. The most tried, where an endpoint takes nothing: so one of them keeps to its times, and is
 *   given up after them, however many others wait
 */
export const dueDeliveries = async (
  tables: WebhookTables,
  endpointId: string,
  now: number,
  limit: number,
  order: 'longest due' | 'most tried' = 'longest due',
): Promise<Delivery[]> =>
  tables
    .selectFrom('deliveries')
    .selectAll()
    .where('endpoint_id', '=', endpointId)
    .where('due_at', 'is not', null)
    // The plus has the planner go by attempts; by time it would have to sort all that is due.
    .where(order === 'most tried' ? sql<number>`+due_at` : 'due_at', '<=', now)
    // What is later than a redelivery that is being queued waits until its lane is complete.
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('redeliveries')
            .select('endpoint_id')
            .whereRef('redeliveries.endpoint_id', '=', 'deliveries.endpoint_id')
            .whereRef('redeliveries.after', '<', 'deliveries.position'),
        ),
      ),
    )
    .$if(order === 'most tried', query => query.orderBy('attempts', 'desc'))
    .orderBy('due_at')
    .orderBy('position')
    .limit(limit)
    .execute();

/** How many are pending, of one endpoint or of all. */
export const countPending = async (tables: WebhookTables, endpointId?: string): Promise<number> => {
  const { pending } = await tables
    .selectFrom('deliveries')
    .select(eb => eb.fn.countAll<number>().as('pending'))
    .where('status', '=', 'pending')
    .$if(endpointId !== undefined, query => query.where('endpoint_id', '=', endpointId ?? ''))
    .where('endpoint_id', 'not in', removedEndpoints(tables))
    .executeTakeFirstOrThrow();
  return pending;
};

/** Position of the first delivery of an endpoint that failed or waits. */
export const firstUndelivered = async (
  tables: WebhookTables,
  endpointId: string,
): Promise<number | undefined> => {
  const firstOf = (status: 'pending' | 'failed') =>
    tables
      .selectFrom('deliveries')
      .select('position')
      .where('endpoint_id', '=', endpointId)
      .where('status', '=', status)
      .orderBy('position')
      .limit(1)
      .executeTakeFirst();
  const found = [await firstOf('pending'), await firstOf('failed')].flatMap(row => row?.position ?? []);
  return found.length === 0 ? undefined : Math.min(...found);
};
