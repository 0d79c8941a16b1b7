/**
 * Durable appends and replay of the embedded event log beside raw `node:sqlite`, in the same run and on the same disk,
 * since a machine's figures mean nothing by themselves.
 *
 *     event-log.bench.js [DIRECTORY]     (a temporary one by default)
 */
import { openSqliteEventLog, type EventLog, type NewEvent } from '#libs/event-log';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { chatEvent } from './chat-event.js';

const ROUNDS = 5;
const SINGLE = 2_000;
const BATCHED = 32_000;
const WRITERS = 64;

interface RawTable {
  readonly schema: string;
  readonly database: DatabaseSync;
  revision: number;
}

/** Nothing checked: what the disk and SQLite give at most. */
const BARE = `CREATE TABLE events (position INTEGER PRIMARY KEY, stream TEXT, revision INTEGER, id TEXT, type TEXT,
  version INTEGER, time TEXT, data TEXT, metadata TEXT)`;
/** What any event log must hold: an id once, a revision once. */
const KEYED = `CREATE TABLE events (position INTEGER PRIMARY KEY, stream TEXT, revision INTEGER, id TEXT UNIQUE, type TEXT,
  version INTEGER, time TEXT, data TEXT, metadata TEXT, UNIQUE (stream, revision))`;

function openRaw(directory: string, schema: string): RawTable {
  const database = new DatabaseSync(join(directory, `raw-${randomUUID()}.sqlite`));
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${schema}`);
  return { schema, database, revision: 0 };
}

/** Inserts of prepared texts, so many to a transaction, by one statement on the main thread. Events per second. */
function insertRaw(raw: RawTable, count: number, perTransaction: number): number {
  const insert = raw.database.prepare(
    'INSERT INTO events (stream, revision, id, type, version, time, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const events = Array.from({ length: count }, chatEvent).map(event => ({
    ...event,
    data: JSON.stringify(event.data),
    metadata: JSON.stringify(event.metadata),
  }));
  return perSecond(count, () => {
    for (let i = 0; i < count; i += perTransaction) {
      if (perTransaction > 1) raw.database.exec('BEGIN IMMEDIATE');
      for (let n = 0; n < perTransaction; n += 1) {
        const { id, type, version, time, data, metadata } = events[i + n] as (typeof events)[0];
        insert.run(`chat-meeting-${n}`, raw.revision, id, type, version, time, data, metadata);
        if (n === perTransaction - 1) raw.revision += 1;
      }
      if (perTransaction > 1) raw.database.exec('COMMIT');
    }
  });
}

/** Writers that each append one event, wait until it is durable, and append the next, to a stream of their own. */
async function append(log: EventLog, count: number, writers: number): Promise<number> {
  const events = Array.from({ length: count }, chatEvent);
  return perSecondAsync(count, async () => {
    let next = 0;
    const write = async (_: unknown, n: number): Promise<void> => {
      while (next < count) {
        const event = events[next] as NewEvent;
        next += 1;
        await log.append(`chat-meeting-${n}`, [event], 'any');
      }
    };
    await Promise.all(Array.from({ length: writers }, write));
  });
}

async function replay(events: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  const started = performance.now();
  for await (const _ of events) count += 1;
  return (count / (performance.now() - started)) * 1_000;
}

function perSecond(count: number, run: () => void): number {
  const started = performance.now();
  run();
  return (count / (performance.now() - started)) * 1_000;
}

async function perSecondAsync(count: number, run: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await run();
  return (count / (performance.now() - started)) * 1_000;
}

/** Rows as objects, their JSON not parsed. */
function select({ database }: RawTable, where: string): number {
  const statement = database.prepare(`SELECT * FROM events ${where}`);
  let count = 0;
  const started = performance.now();
  for (const _ of statement.iterate()) count += 1;
  return (count / (performance.now() - started)) * 1_000;
}

type Measure = Record<string, number>;

async function round(log: EventLog, keyed: RawTable, bare: RawTable): Promise<Measure> {
  return {
    'raw insert, keyed': insertRaw(keyed, SINGLE, 1),
    'log, 1 writer': await append(log, SINGLE, 1),
    'raw 64 a transaction, keyed': insertRaw(keyed, BATCHED, WRITERS),
    'raw 64 a transaction, bare': insertRaw(bare, BATCHED, WRITERS),
    'log, 64 writers': await append(log, BATCHED, WRITERS),
    'raw SELECT, all': select(keyed, 'ORDER BY position'),
    'log readAll': await replay(log.readAll()),
    'raw SELECT, one stream of 64': select(keyed, "WHERE stream = 'chat-meeting-1' ORDER BY revision"),
    'log readStream, one of 64': await replay(log.readStream('chat-meeting-1')),
  };
}

const COMPARED: readonly (readonly [what: string, beside: string])[] = [
  ['log, 1 writer', 'raw insert, keyed'],
  ['log, 64 writers', 'raw 64 a transaction, keyed'],
  ['log, 64 writers', 'raw 64 a transaction, bare'],
  ['log readAll', 'raw SELECT, all'],
  ['log readStream, one of 64', 'raw SELECT, one stream of 64'],
];

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] as number;
}

function print(measures: readonly Measure[]): void {
  const lines = Object.keys(measures[0] as Measure).map(name => {
    const rates = measures.map(measure => Math.round(measure[name] as number));
    return [name.padEnd(30), String(median(rates)).padStart(9), `   of ${rates.join(' ')}`].join('');
  });
  const ratios = COMPARED.map(([what, beside]) => {
    const each = measures.map(measure => (measure[what] as number) / (measure[beside] as number));
    return `${what} / ${beside}: ${median(each).toFixed(2)}   of ${each.map(ratio => ratio.toFixed(2)).join(' ')}`;
  });
  console.log(
    ['Events per second, median', ...lines, '', 'Ratios within a round, median', ...ratios].join('\n'),
  );
}

async function main(): Promise<void> {
  const directory = mkdtempSync(join(process.argv[2] ?? tmpdir(), 'parley-bench-'));
  const log = await openSqliteEventLog({ directory });
  const keyed = openRaw(directory, KEYED);
  const bare = openRaw(directory, BARE);
  try {
    const measures: Measure[] = [];
    for (let i = 0; i < ROUNDS; i += 1) measures.push(await round(log, keyed, bare));
    print(measures);
  } finally {
    await log.close();
    keyed.database.close();
    bare.database.close();
    rmSync(directory, { recursive: true });
  }
}

await main();
