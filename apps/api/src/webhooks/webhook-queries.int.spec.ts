import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Kysely } from 'kysely';
import type { WebhookEvent } from '#libs/domain';
import { nodeSqliteDialect } from '#libs/read-models';
import { advanceLane } from './delivery-lanes.js';
import { noteAttempt, postpone, stillWaits } from './delivery-outcomes.js';
import { countPending, dueDeliveries, firstUndelivered } from './due-deliveries.js';
import { applyToEndpoint } from './endpoint-table.js';
import { queueDeliveries } from './queue-deliveries.js';
import { type Delivery, openWebhookDatabase, type WebhookDatabase } from './webhook-database.js';

const DELIVERY: Delivery = {
  ...{ endpoint_id: 'e', position: 1, event_id: 'x', stream: 'meeting-m', revision: 0, meeting_id: 'm' },
  ...{ event: 'meeting.started', status: 'pending', attempts: 0, queued: 1, due_at: null, created_at: 1 },
  ...{ last_attempt_at: null, last_status: null, last_error: null, duration_ms: null },
};
const ENABLED: WebhookEvent = {
  type: 'WebhookEndpointEnabled',
  data: { endpointId: 'e', enabledBy: 'root', enabledAt: '2026-11-22T10:00:00.000Z' },
};

let directory: string;
let database: DatabaseSync;
let tables: Kysely<WebhookDatabase>;
let asked: { readonly sql: string; readonly parameters: readonly unknown[] }[];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'parley-webhooks-'));
  const file = join(directory, 'webhooks.db');
  await (await openWebhookDatabase(file)).destroy();
  database = new DatabaseSync(file);
  asked = [];
  tables = new Kysely<WebhookDatabase>({
    dialect: nodeSqliteDialect(database),
    log: ({ query }) => void asked.push(query),
  });
});
afterEach(async () => {
  await tables.destroy();
  rmSync(directory, { recursive: true, force: true });
});

/** How SQLite goes about what was asked for, of the table of deliveries. */
const plans = (): string[] =>
  asked
    .filter(query => /^(select|update|delete)/.test(query.sql))
    .flatMap(query =>
      database
        .prepare(`EXPLAIN QUERY PLAN ${query.sql}`)
        .all(...(query.parameters as SQLInputValue[]))
        .map(row => String(row.detail)),
    )
    .filter(plan => plan.includes(' deliveries ') || plan.includes('ORDER BY'));

it('what waits is found without reading what was delivered, or what waits in other meetings', async () => {
  await tables.transaction().execute(async tx => {
    await queueDeliveries(tx, [DELIVERY], { again: true, now: 1 });
    await advanceLane(tx, DELIVERY, 1);
  });
  await dueDeliveries(tables, 'e', 1, 8);
  await dueDeliveries(tables, 'e', 1, 1, 'most tried');
  await stillWaits(tables, DELIVERY);
  await postpone(tables, DELIVERY, 1);
  await noteAttempt(tables, DELIVERY, { delivered: true, durationMs: 1 }, 'delivered', 1);
  await tables.transaction().execute(tx => applyToEndpoint(tx, ENABLED, 1));
  await countPending(tables, 'e');
  await firstUndelivered(tables, 'e');
  const ways = plans().map(plan => plan.replace(/^SEARCH deliveries USING (COVERING )?(INDEX )?/, ''));
  expect([...new Set(ways)].sort()).toEqual([
    'PRIMARY KEY (endpoint_id=? AND position=?)',
    'by_status (endpoint_id=? AND status=?)',
    'due (endpoint_id=? AND due_at>? AND due_at<?)',
    'due (endpoint_id=? AND due_at>?)',
    'due_of_lane (endpoint_id=? AND meeting_id=? AND position>?)',
    'lanes (endpoint_id=? AND meeting_id=?)',
    'tried (endpoint_id=?)',
  ]);
});

it('a message that an earlier one overtakes, queued anew, begins its attempts anew after it', async () => {
  const tried = { ...DELIVERY, position: 2, event_id: 'y', attempts: 6, due_at: 9 };
  await tables
    .insertInto('deliveries')
    .values([tried, { ...DELIVERY, due_at: null }])
    .execute();
  await advanceLane(tables, DELIVERY, 10);
  const rows = await tables
    .selectFrom('deliveries')
    .select(['position', 'attempts', 'due_at'])
    .orderBy('position')
    .execute();
  expect(rows.map(row => ({ ...row }))).toEqual([
    { position: 1, attempts: 0, due_at: 10 },
    { position: 2, attempts: 0, due_at: null },
  ]);
  // What becomes of the attempt that was under way meanwhile decides nothing any more.
  expect(await stillWaits(tables, tried)).toBe(false);
});
