import { WebhookEndpoint, type WebhookEndpointState, type WebhookEvent } from '#libs/domain';
import { advanceLanes } from './delivery-lanes.js';
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

export const findEndpoint = async (
  tables: WebhookTables,
  endpointId: string,
): Promise<WebhookEndpointState | undefined> => {
  const row = await tables
    .selectFrom('endpoints')
    .select('state')
    .where('endpoint_id', '=', endpointId)
    .where('status', '!=', 'removed')
    .executeTakeFirst();
  return row && read(row.state);
};

const forgetDeliveries = async (tx: WebhookTables, endpointId: string): Promise<void> => {
  for (const table of ['deliveries', 'redeliveries'] as const) {
    await tx.deleteFrom(table).where('endpoint_id', '=', endpointId).execute();
  }
};

/** What waited begins its attempts anew. */
const resume = async (tx: WebhookTables, endpointId: string, now: number): Promise<void> => {
  await tx
    .updateTable('deliveries')
    .set(eb => ({ attempts: 0, due_at: null, queued: eb('queued', '+', 1) }))
    .where('endpoint_id', '=', endpointId)
    .where('status', '=', 'pending')
    .execute();
  await advanceLanes(tx, endpointId, now);
};

/** Applies one event of an endpoint's stream, which must be the next one of it. @param now milliseconds since 1970 */
export const applyToEndpoint = async (tx: WebhookTables, event: WebhookEvent, now: number): Promise<void> => {
  const { endpointId } = event.data;
  const known = await tx
    .selectFrom('endpoints')
    .select('state')
    .where('endpoint_id', '=', endpointId)
    .executeTakeFirst();
  const state = WebhookEndpoint.evolve(known ? read(known.state) : WebhookEndpoint.initial, event);
  if (state.status === 'none') return;
  const row = { endpoint_id: endpointId, status: state.status, state: JSON.stringify(state) };
  await tx
    .insertInto('endpoints')
    .values(row)
    .onConflict(conflict => conflict.column('endpoint_id').doUpdateSet(row))
    .execute();
  if (event.type === 'WebhookEndpointEnabled') await resume(tx, endpointId, now);
  if (event.type === 'WebhookEndpointRemoved') await forgetDeliveries(tx, endpointId);
};
