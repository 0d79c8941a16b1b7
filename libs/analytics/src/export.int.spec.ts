import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DuckDBInstance } from '@duckdb/node-api';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EVENT_CATALOGUE } from '#libs/domain';
import { type EventLog, openSqliteEventLog, type ReadAllOptions, type RecordedEvent } from '#libs/event-log';
import { EVENT_COLUMNS, type EventRow } from './event-row.js';
import { type EventSelection, logRange } from './event-selection.js';
import { exportParquet } from './export-parquet.js';
import { exportText } from './export-text.js';
import { someEvents } from './some-events-for-tests.js';

const TYPES = Object.keys(EVENT_CATALOGUE);
const { meetingId } = EVENT_CATALOGUE.MeetingCreated.example.data as { meetingId: string };

describe('exports', () => {
  let directory: string;
  let log: EventLog;
  const before = process.env.TMPDIR;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'parley-export-'));
    mkdirSync(join(directory, 'tmp'));
    process.env.TMPDIR = join(directory, 'tmp');
    log = await openSqliteEventLog({ directory: join(directory, 'log') });
    for (const { stream, ...event } of someEvents()) await log.append(stream, [event], 'any');
    const created = someEvents().find(({ type }) => type === 'MeetingCreated')!;
    const another = { ...(created.data as object), meetingId: `${meetingId}2` };
    await log.append(`meeting-${meetingId}2`, [{ ...created, id: 'another', data: another }], 'any');
  });
  afterAll(async () => {
    await log.close();
    process.env.TMPDIR = before;
    if (before === undefined) delete process.env.TMPDIR;
    rmSync(directory, { recursive: true });
  });

  const rows = async (selection: EventSelection = {}): Promise<EventRow[]> => {
    let text = '';
    const range = await logRange(log, selection);
    for await (const piece of exportText(log, 'ndjson', { range })) text += piece;
    return text
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line) as EventRow);
  };

  it('NDJSON has every event that may leave, in the order of the log, with all columns', async () => {
    const found = await rows();
    expect(found.map(({ type }) => type)).toEqual([
      ...someEvents()
        .slice(0, -1)
        .map(({ type }) => type),
      'MeetingCreated',
    ]);
    expect(found.map(({ position }) => position)).toEqual(
      found.map(({ position }) => position).toSorted((one, other) => one - other),
    );
    for (const row of found) expect(Object.keys(row)).toEqual([...EVENT_COLUMNS]);
    const text = JSON.stringify(found);
    expect(text).not.toContain('a whisper');
    expect(text).not.toContain('scrypt');
  });

  it('CSV has the same events below a header', async () => {
    let text = '';
    for await (const piece of exportText(log, 'csv', { range: await logRange(log, {}) })) text += piece;
    const lines = text.trimEnd().split('\r\n');
    expect(lines[0]).toBe(EVENT_COLUMNS.join(','));
    expect(lines).toHaveLength(1 + (await rows()).length);
  });

  it('Parquet has the same rows with types, and leaves no directory behind', async () => {
    const file = join(directory, "it's.parquet");
    await exportParquet(log, file, { range: await logRange(log, {}) });
    expect(readdirSync(join(directory, 'tmp'))).toEqual([]);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const reader = await connection.runAndReadAll(
      `SELECT * REPLACE (strftime(time AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%gZ') AS time) FROM "${file}"`,
    );
    const found = reader.getRowObjectsJS();
    const types = await connection.runAndReadAll(
      `SELECT column_name, column_type FROM (DESCRIBE FROM "${file}")`,
    );
    const codec = await connection.runAndReadAll(
      `SELECT DISTINCT compression FROM parquet_metadata("${file}")`
        .replaceAll('"', "'")
        .replace("'s", "''s"),
    );
    connection.closeSync();
    instance.closeSync();
    expect(codec.getRows()).toEqual([['ZSTD']]);
    expect(Object.fromEntries(types.getRows() as [string, string][])).toMatchObject({
      ...{ position: 'BIGINT', time: 'TIMESTAMP WITH TIME ZONE', data: 'VARCHAR' },
    });
    expect(
      found.map(row => ({
        ...row,
        position: Number(row.position),
        data: JSON.parse(row.data as string) as unknown,
      })),
    ).toEqual(await rows());
  });

  it('of one meeting takes its streams, and no other whose name begins the same', async () => {
    const found = await rows({ meetingId });
    const isOutside = (type: string): boolean => /^(?:RoomOpened|UserErased|Webhook.*)$/u.test(type);
    expect(found.map(({ type }) => type).sort()).toEqual(TYPES.filter(type => !isOutside(type)).sort());
    expect(new Set(found.map(({ meeting_id }) => meeting_id))).toEqual(new Set([meetingId]));
  });

  it('of a meeting that never was is refused', async () => {
    await expect(rows({ meetingId: 'nope' })).rejects.toThrow('There is no meeting nope');
  });

  it('takes types, and times from one on and before another', async () => {
    expect((await rows({ types: ['RoomOpened', 'UserErased'] })).map(({ type }) => type).sort()).toEqual([
      'RoomOpened',
      'UserErased',
    ]);
    const all = someEvents();
    const [since, until] = [all[3]!.time, all[6]!.time];
    expect((await rows({ since, until })).map(({ time }) => time)).toEqual(
      all.slice(3, 6).map(({ time }) => time),
    );
    expect(await rows({ since: '2030-01-01T00:00:00.000Z' })).toEqual([]);
    expect(await rows({ until: '2000-01-01T00:00:00.000Z' })).toEqual([]);
  });

  it('ends with what is there when it begins', async () => {
    const range = await logRange(log, {});
    const late = { ...someEvents()[0]!, id: 'late' };
    const pieces: string[] = [];
    for await (const piece of exportText(log, 'ndjson', { range })) {
      if (pieces.push(piece) === 1) await log.append(late.stream, [late], 'any');
    }
    expect(pieces.join('')).not.toContain('"late"');
  });

  it('reads no further than its reader has taken: memory stays flat', async () => {
    let read = 0;
    const event: RecordedEvent = { ...someEvents()[0]!, revision: 0, position: 0 };
    const endless = {
      ...log,
      async *readAll(_options?: ReadAllOptions) {
        for (; ; read += 1) yield { ...event, position: read };
      },
    };
    const range = { read: {}, last: Number.MAX_SAFE_INTEGER };
    const pieces = exportText(endless, 'ndjson', { range });
    let taken = 0;
    for (let piece = 0; piece < 20; piece += 1) {
      const next: IteratorResult<string, unknown> = await pieces.next();
      taken += String(next.value).split('\n').length - 1;
      // What waits in between is one batch.
      expect(read - taken).toBeLessThanOrEqual(256);
    }
    expect(taken).toBeGreaterThan(4000);
    await pieces.return(undefined);
  });

  it.each(['text', 'parquet'])('as %s ends at once when it is interrupted', async kind => {
    const reason = new Error('Interrupted');
    const task = { range: await logRange(log, {}), signal: AbortSignal.abort(reason) };
    const text = async (): Promise<void> => {
      for await (const _piece of exportText(log, 'ndjson', task));
    };
    const running = kind === 'text' ? text() : exportParquet(log, join(directory, 'half.parquet'), task);
    await expect(running).rejects.toBe(reason);
    expect(readdirSync(join(directory, 'tmp'))).toEqual([]);
  });
});
