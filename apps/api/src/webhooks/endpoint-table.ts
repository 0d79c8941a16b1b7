import { WebhookEndpoint, type WebhookEndpointState, type WebhookEvent } from '#libs/domain';
import type { WebhookTables } from './webhook-database.js';

const read = (json: string): WebhookEndpointState => JSON.parse(json) as WebhookEndpointState;

/** All endpoints that are not removed, in the order of their ids. */
export const listEndpoints = async (tables: WebhookTables): Promise<WebhookEndpointState[]> => {
  const rows = await tables
    .selectFrom('endpoints')
    .select('state')
    .where('status', '!=', 'removed')
    .orderBy('endpoint_id')
    .execute();
  return rows.map(({ state }) => read(state));
};

/** The ids of those that are removed, for use within a query. */
export const removedEndpoints = (tables: WebhookTables) =>
  tables.selectFrom('endpoints').select('endpoint_id').where('status', '=', 'removed');

/** What waited begins its attempts anew. */
const resume = async (tx: WebhookTables, endpointId: string, now: number): Promise<void> => {
  await tx
    .updateTable('deliveries')
    .set(eb => ({ attempts: 0, due_at: now, queued: eb('queued', '+', 1) }))
    .where('endpoint_id', '=', endpointId)
    .where('due_at', 'is not', null)
    .execute();
};

/** Keeps what an endpoint is after one event of its stream, which must be the next one of it. Returns what it was before. */
export const foldEndpoint = async (tx: WebhookTables, event: WebhookEvent): Promise<WebhookEndpointState> => {
  const { endpointId } = event.data;
  const known = await tx
    .selectFrom('endpoints')
    .select('state')
    .where('endpoint_id', '=', endpointId)
    .executeTakeFirst();
  const before = known ? read(known.state) : WebhookEndpoint.initial;
  const state = WebhookEndpoint.evolve(before, event);
  if (state.status === 'none') return before;
  const row = { endpoint_id: endpointId, status: state.status, state: JSON.stringify(state) };
  await tx
    .insertInto('endpoints')
    .values(row)
    .onConflict(conflict => conflict.column('endpoint_id').doUpdateSet(row))
    .execute();
  return before;
};

/** As foldEndpoint, with what follows for its deliveries. @param now milliseconds since 1970 */
export const applyToEndpoint = async (tx: WebhookTables, event: WebhookEvent, now: number): Promise<void> => {
  const { endpointId } = event.data;
  const before = await foldEndpoint(tx, event);
  switch (event.type) {
    case 'WebhookEndpointEnabled':
      return resume(tx, endpointId, now);
    case 'WebhookEndpointRemoved':
      // Its deliveries, which may be very many, are pruned.
      await tx.deleteFrom('redeliveries').where('endpoint_id', '=', endpointId).execute();
      return;
    case 'WebhookEndpointCreated':
      // One of the configuration that is back before it was pruned begins anew.
      if (before.status === 'removed')
        await tx.deleteFrom('deliveries').where('endpoint_id', '=', endpointId).execute();
      return;
    default:
      return;
  }
};
