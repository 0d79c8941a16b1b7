import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { nodeSqliteDialect } from '#libs/read-models';

/** How far the log was followed: one row. */
export interface FollowedTable {
  id: 1;
  position: number;
}
/** Every endpoint there ever was, as the log tells of it up to there. */
export interface EndpointsTable {
  endpoint_id: string;
  status: 'enabled' | 'disabled' | 'removed';
  /** WebhookEndpointState as JSON. */
  state: string;
}

export const DELIVERY_STATUSES = ['pending', 'delivered', 'failed'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/**
 * What one endpoint is told of one event. The message is not among it: it is made of the log's event when it is sent, so that
 * no personal text lies here. Times are milliseconds since 1970.
 */
export interface DeliveriesTable {
  endpoint_id: string;
  /** Of the event in the log: their order. */
  position: number;
  event_id: string;
  stream: string;
  revision: number;
  meeting_id: string;
  event: string;
  status: DeliveryStatus;
  /** Since it was queued last. */
  attempts: number;
  /** How often it was queued: an attempt of before says nothing about the present. */
  queued: number;
  /** When it is to be sent; only the first that is pending of its endpoint and meeting has it. */
  due_at: number | null;
  created_at: number;
  last_attempt_at: number | null;
  last_status: number | null;
  last_error: string | null;
  duration_ms: number | null;
}
/** Up to where each endpoint is to get again what was. Later deliveries of the endpoint wait until that is queued. */
export interface RedeliveriesTable {
  endpoint_id: string;
  /** Position after which to go on. */
  after: number;
  /** Position at which to end, inclusive. */
  until: number;
}

/** What was answered to requests that lead to no event. */
export interface AnsweredTable {
  key: string;
  /** As JSON. */
  answer: string;
  created_at: number;
}

export interface WebhookDatabase {
  followed: FollowedTable;
  endpoints: EndpointsTable;
  deliveries: DeliveriesTable;
  redeliveries: RedeliveriesTable;
  answered: AnsweredTable;
}
export type WebhookTables = Kysely<WebhookDatabase>;
export type Delivery = DeliveriesTable;

const SCHEMA = [
  `CREATE TABLE IF NOT EXISTS followed (id INTEGER PRIMARY KEY CHECK (id = 1), position INTEGER NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS endpoints (endpoint_id TEXT PRIMARY KEY, status TEXT NOT NULL, state TEXT NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS answered (key TEXT PRIMARY KEY, answer TEXT NOT NULL, created_at INTEGER NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS redeliveries
     (endpoint_id TEXT PRIMARY KEY, after INTEGER NOT NULL, until INTEGER NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS deliveries (
     endpoint_id TEXT NOT NULL, position INTEGER NOT NULL, event_id TEXT NOT NULL, stream TEXT NOT NULL,
     revision INTEGER NOT NULL, meeting_id TEXT NOT NULL, event TEXT NOT NULL, status TEXT NOT NULL,
     attempts INTEGER NOT NULL, queued INTEGER NOT NULL, due_at INTEGER, created_at INTEGER NOT NULL,
     last_attempt_at INTEGER, last_status INTEGER, last_error TEXT, duration_ms INTEGER,
     PRIMARY KEY (endpoint_id, position)) WITHOUT ROWID`,
  `CREATE INDEX IF NOT EXISTS lanes ON deliveries (endpoint_id, meeting_id, position) WHERE status = 'pending'`,
  `CREATE INDEX IF NOT EXISTS due ON deliveries (endpoint_id, due_at) WHERE due_at IS NOT NULL`,
  `CREATE INDEX IF NOT EXISTS due_of_lane ON deliveries (endpoint_id, meeting_id, position) WHERE due_at IS NOT NULL`,
  `CREATE INDEX IF NOT EXISTS tried ON deliveries (endpoint_id, attempts DESC, due_at) WHERE due_at IS NOT NULL`,
  `CREATE INDEX IF NOT EXISTS by_status ON deliveries (endpoint_id, status, position)`,
  `CREATE INDEX IF NOT EXISTS by_event ON deliveries (endpoint_id, event_id)`,
  `CREATE INDEX IF NOT EXISTS by_age ON deliveries (created_at)`,
];

/**
 * How many rows an index holds, and how many are alike in its first columns. SQLite's planner is told, since it learns
 * nothing of files that begin empty: it would read all that an endpoint was told in 30 days to find what waits.
 * https://www.sqlite.org/optoverview.html#manual_control_of_query_plans_using_sqlite_stat_tables
 */
const SIZES = {
  deliveries: '1000000 100000 1',
  lanes: '100000 10000 10 1',
  due: '10000 1000 1',
  due_of_lane: '10000 1000 1 1',
  tried: '10000 1000 100 1',
  by_status: '1000000 100000 30000 1',
  by_event: '1000000 100000 1',
  by_age: '1000000 100',
};

/**
 * Opens the file of what is to be delivered, or creates it. A power cut may cost the last transactions (`synchronous=NORMAL`),
 * each with its place in the log: they are made again of the log, and some messages are sent twice, with the same id.
 */
export const openWebhookDatabase = async (file: string): Promise<WebhookTables> => {
  mkdirSync(dirname(file), { recursive: true });
  // For the owner's eyes only, since receivers put tokens into their addresses. SQLite gives the files beside it the same mode.
  closeSync(openSync(file, 'a', 0o600));
  const database = new DatabaseSync(file, { timeout: 5_000 });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  const tables = new Kysely<WebhookDatabase>({ dialect: nodeSqliteDialect(database) });
  for (const statement of SCHEMA) await sql.raw(statement).execute(tables);
  database.exec(`ANALYZE sqlite_schema; DELETE FROM sqlite_stat1 WHERE tbl = 'deliveries'`);
  const assume = database.prepare(`INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('deliveries', ?, ?)`);
  for (const [index, stat] of Object.entries(SIZES)) assume.run(index, stat);
  database.exec('ANALYZE sqlite_schema');
  return tables;
};
