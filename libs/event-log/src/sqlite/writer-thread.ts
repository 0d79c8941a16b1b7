/**
 * The thread that owns the writing connection: a disk sync takes milliseconds, and the event loop of the main thread must
 * not wait for it. It takes all appends that wait and commits them together (group commit).
 *
 * It runs as it stands, as TypeScript in tests and compiled elsewhere: erasable syntax only, and no import of a value from
 * a file beside it.
 */
import { DatabaseSync } from 'node:sqlite';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type {
  AppendFields,
  AppendsMessage,
  Conflicted,
  ExpectedCode,
  FromWriter,
  Repeated,
  ToWriter,
  WriterOptions,
  Written,
} from './writer-messages.js';

interface StreamState {
  readonly id: number;
  /** Last revision; -1 while it has no events. */
  revision: number;
  /** The last segment in which it has events; -1 when none is known. */
  segment: number;
}

const WRITTEN: Written = 0;
const REPEATED: Repeated = 1;
const CONFLICTED: Conflicted = 2;
const FIELDS_PER_EVENT = 6;
/** Characters of data and metadata after which no more appends join a transaction: those in it should not wait long. */
const TRANSACTION_SIZE = 1_048_576;
const MAX_STREAMS_REMEMBERED = 50_000;

if (parentPort === null) throw new Error('The writer runs only as a thread of an event log');
const port = parentPort;
const options = workerData as WriterOptions;
const database = openDatabase();

const begin = database.prepare('BEGIN IMMEDIATE');
const commit = database.prepare('COMMIT');
const selectHead = database.prepare('SELECT max(position) AS head FROM events');
const insertEvent = database.prepare('INSERT OR IGNORE INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
const deleteEvents = database.prepare('DELETE FROM events WHERE position >= ?');
const insertSegment = database.prepare('INSERT OR IGNORE INTO stream_segments VALUES (?, ?, ?)');
const deleteSegments = database.prepare(
  'DELETE FROM stream_segments WHERE stream = ? AND first_revision >= ?',
);
const selectById = database.prepare('SELECT position FROM events WHERE id = ? AND stream = ?');
const selectStream = database.prepare(
  `SELECT s.id, coalesce((SELECT e.revision FROM ${options.eventsByStream} WHERE g.stream = s.id
     ORDER BY g.segment DESC, e.position DESC LIMIT 1), -1) AS revision
   FROM streams s WHERE s.name = ?`,
);
const insertStream = database.prepare('INSERT INTO streams (name) VALUES (?)');
const selectType = database.prepare('SELECT id FROM types WHERE name = ?');
const insertType = database.prepare('INSERT INTO types (name) VALUES (?)');

const streams = new Map<string, StreamState>();
const types = new Map<string, number>();
/** Position for the next event; unknown after a failed transaction. */
let nextPosition: number | undefined;

port.on('message', (first: ToWriter) => {
  const appends: AppendsMessage[] = [];
  let closing = false;
  let size = 0;
  let message: ToWriter | undefined = first;
  while (message !== undefined) {
    if (message === 'close') {
      closing = true;
      break;
    }
    appends.push(message);
    size += message.size;
    if (size >= TRANSACTION_SIZE) break;
    message = receiveMessageOnPort(port)?.message as ToWriter | undefined;
  }
  if (appends.length > 0) post(writeTogether(appends));
  if (closing) {
    database.close();
    port.close();
  }
});
post('opened');

function post(message: FromWriter): void {
  port.postMessage(message);
}

function openDatabase(): DatabaseSync {
  const db = new DatabaseSync(options.databasePath, { timeout: 5_000 });
  // The longer the WAL, the more often a page that changes often is written to it for each time it is written home; at
  // 8,192 pages (32 MiB) it is read through in some 20 ms after a crash.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8192;');
  const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version === 0) db.exec(`BEGIN IMMEDIATE; ${options.schema} COMMIT;`);
  else if (version !== options.schemaVersion) {
    throw new Error(
      `The event log has format ${version}, and this Parley reads format ${options.schemaVersion}`,
    );
  }
  return db;
}

function writeTogether(messages: readonly AppendsMessage[]): FromWriter {
  const outcomes: number[] = [];
  let count = 0;
  try {
    begin.run();
    nextPosition ??= ((selectHead.get() as { head: number | null }).head ?? -1) + 1;
    for (const { fields } of messages) {
      let at = 0;
      while (at < fields.length) {
        const events = fields[at + 2] as number;
        writeAppend(fields, at, events, outcomes);
        count += 1;
        at += 3 + events * FIELDS_PER_EVENT;
      }
    }
    commit.run();
    return { count, outcomes };
  } catch (error) {
    forget();
    return { count: countAppends(messages), error: error instanceof Error ? error.message : String(error) };
  }
}

/** After a failed transaction, what is remembered may never have been written. */
function forget(): void {
  streams.clear();
  types.clear();
  nextPosition = undefined;
  // A full disk has SQLite roll back by itself.
  if (database.isTransaction) database.exec('ROLLBACK');
}

function countAppends(messages: readonly AppendsMessage[]): number {
  let count = 0;
  for (const { fields } of messages) {
    for (let at = 0; at < fields.length; at += 3 + (fields[at + 2] as number) * FIELDS_PER_EVENT) count += 1;
  }
  return count;
}

function writeAppend(fields: AppendFields, at: number, count: number, outcomes: number[]): void {
  const name = fields[at] as string;
  const expected = fields[at + 1] as ExpectedCode;
  const eventsAt = at + 3;
  let stream = findStream(name);
  if (!fits(expected, stream?.revision ?? -1)) {
    writeNothing(stream, fields, eventsAt, count, outcomes);
    return;
  }
  stream ??= addStream(name);
  const firstPosition = nextPosition as number;
  const firstRevision = stream.revision + 1;
  for (let i = 0; i < count; i += 1) {
    const f = eventsAt + i * FIELDS_PER_EVENT;
    const { changes } = insertEvent.run(
      firstPosition + i,
      stream.id,
      firstRevision + i,
      fields[f] as string,
      typeId(fields[f + 1] as string),
      fields[f + 2] as number,
      fields[f + 3] as string,
      fields[f + 4] as string,
      fields[f + 5] as string,
    );
    if (changes === 0) {
      if (i > 0) takeBack(stream, firstPosition, firstRevision);
      else if (selectById.get(fields[f] as string, stream.id) === undefined) {
        throw new Error(`Position ${firstPosition} is taken: something else has written to the event log`);
      }
      // Its id stands in the stream already.
      writeNothing(stream, fields, eventsAt, count, outcomes);
      return;
    }
    const segment = Math.floor((firstPosition + i) / options.segmentLength);
    if (stream.segment !== segment) {
      insertSegment.run(stream.id, segment, firstRevision + i);
      stream.segment = segment;
    }
  }
  nextPosition = firstPosition + count;
  stream.revision += count;
  outcomes.push(WRITTEN, firstPosition, firstRevision);
}

/** Undoes an append that was found impossible midway: its events are the last of the log. */
function takeBack(stream: StreamState, firstPosition: number, firstRevision: number): void {
  deleteEvents.run(firstPosition);
  deleteSegments.run(stream.id, firstRevision);
  stream.segment = -1;
}

/** A repeat when all ids stand in the stream already, in the append's order; else a conflict. */
function writeNothing(
  stream: StreamState | undefined,
  fields: AppendFields,
  eventsAt: number,
  count: number,
  outcomes: number[],
): void {
  const start = outcomes.push(REPEATED) - 1;
  let previous = -1;
  for (let i = 0; stream !== undefined && i < count; i += 1) {
    const found = selectById.get(fields[eventsAt + i * FIELDS_PER_EVENT] as string, stream.id);
    const position = (found?.position as number | undefined) ?? -1;
    if (position <= previous) break;
    previous = position;
    outcomes.push(position);
  }
  if (outcomes.length - start === count + 1) return;
  outcomes.length = start;
  outcomes.push(CONFLICTED, stream?.revision ?? -1);
}

function fits(expected: ExpectedCode, revision: number): boolean {
  if (expected === -2) return true;
  if (expected === -4) return revision >= 0;
  return expected === revision;
}

function findStream(name: string): StreamState | undefined {
  const remembered = streams.get(name);
  if (remembered !== undefined) return remembered;
  const row = selectStream.get(name);
  return row && remember(name, { id: row.id as number, revision: row.revision as number, segment: -1 });
}

function addStream(name: string): StreamState {
  return remember(name, { id: Number(insertStream.run(name).lastInsertRowid), revision: -1, segment: -1 });
}

function remember(name: string, stream: StreamState): StreamState {
  if (streams.size >= MAX_STREAMS_REMEMBERED) {
    for (const oldest of streams.keys()) {
      streams.delete(oldest);
      break;
    }
  }
  streams.set(name, stream);
  return stream;
}

function typeId(name: string): number {
  let id = types.get(name);
  if (id === undefined) {
    id = (selectType.get(name)?.id as number | undefined) ?? Number(insertType.run(name).lastInsertRowid);
    types.set(name, id);
  }
  return id;
}
