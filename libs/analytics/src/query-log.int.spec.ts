import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DuckDBPreparedStatement } from '@duckdb/node-api';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EVENT_CATALOGUE } from '#libs/domain';
import { type EventLogReader, openSqliteEventLog, openSqliteEventLogReader } from '#libs/event-log';
import { type QueryOptions, queryLog, type ResultColumn, type ResultRow } from './query-log.js';
import { snakeCase } from './snake-case.js';
import { someEvents } from './some-events-for-tests.js';

describe('queryLog', () => {
  let home: string;
  let log: EventLogReader;
  const before = { ...process.env };

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'parley-query-'));
    mkdirSync(join(home, 'tmp'));
    Object.assign(process.env, { HOME: home, TMPDIR: join(home, 'tmp') });
    writeFileSync(join(home, 'secret.csv'), 'a,b\n1,2\n');
    writeFileSync(join(home, 'secret.json'), '[{"a":1}]');
    const writer = await openSqliteEventLog({ directory: join(home, 'log') });
    for (const { stream, ...event } of someEvents()) await writer.append(stream, [event], 'any');
    await writer.close();
    log = await openSqliteEventLogReader({ directory: join(home, 'log') });
  });
  afterAll(async () => {
    await log.close();
    Object.assign(process.env, before);
    rmSync(home, { recursive: true });
  });

  const query = async (
    sql: string,
    options: Partial<QueryOptions> = {},
  ): Promise<{ columns: readonly ResultColumn[]; rows: ResultRow[] }> => {
    let columns: readonly ResultColumn[] = [];
    const rows: ResultRow[] = [];
    const sink = {
      columns: (given: readonly ResultColumn[]) => void (columns = given),
      rows: (given: readonly ResultRow[]) => void rows.push(...given),
    };
    await queryLog(log, sql, sink, { timeoutSeconds: 30, ...options });
    return { columns, rows };
  };
  const rowsOf = async (sql: string): Promise<ResultRow[]> => (await query(sql)).rows;

  /** Every file below the directory with a digest of what it holds. */
  const onDisk = (): string[] =>
    readdirSync(home, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .map(path => `${path} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`)
      .sort();

  it('reads every event once, in table events', async () => {
    expect(await rowsOf('SELECT type, count(*) FROM events GROUP BY ALL ORDER BY ALL')).toEqual(
      Object.keys(EVENT_CATALOGUE)
        .sort()
        .map(type => [type, 1]),
    );
  });

  it('leaves out private messages between others and hashes of passwords', async () => {
    expect(await rowsOf(`SELECT content FROM chat_message_sent`)).toEqual([
      [(EVENT_CATALOGUE.ChatMessageSent.example.data as { content: string }).content],
    ]);
    expect(
      await rowsOf(`SELECT count(*) FROM events WHERE data LIKE '%whisper%' OR data LIKE '%scrypt%'`),
    ).toEqual([[0]]);
  });

  it.each(Object.entries(EVENT_CATALOGUE))(
    'gives the fields of %s as columns with types',
    async (type, described) => {
      const { columns, rows } = await query(`SELECT * FROM ${snakeCase(type)}`);
      const own = described.fields.filter(
        field =>
          !field.path.includes('.') &&
          !['meetingId', 'userId'].includes(field.path) &&
          !('secret' in field && field.secret),
      );
      expect(columns.map(({ name }) => name)).toEqual([
        ...['position', 'stream', 'time', 'meeting_id', 'user_id', 'caused_by'],
        ...own.map(({ path }) => snakeCase(path)),
      ]);
      const types = {
        text: 'VARCHAR',
        integer: 'BIGINT',
        number: 'DOUBLE',
        boolean: 'BOOLEAN',
        texts: 'VARCHAR[]',
      };
      for (const { path, kind } of own) {
        const found = columns.find(({ name }) => name === snakeCase(path))?.type;
        if (kind === 'object') expect(found).toMatch(/^STRUCT\(/);
        else if (kind === 'list') expect(found).toMatch(/^STRUCT\(.*\[\]$/);
        else expect(found).toBe(kind === 'time' ? 'TIMESTAMP WITH TIME ZONE' : types[kind]);
      }
      expect(rows).toHaveLength(1);
      const data = someEvents().find(event => event.type === type)?.data as Record<string, string>;
      for (const { path, kind } of own) {
        const index = columns.findIndex(({ name }) => name === snakeCase(path));
        const value = rows[0]?.[index];
        if (data[path] === undefined) expect(value).toBeNull();
        else if (kind === 'time') expect(value).toBe(new Date(data[path]).toISOString());
        else if (kind === 'texts') expect(value).toEqual(data[path]);
        else if (kind !== 'object' && kind !== 'list') expect(value).toBe(data[path]);
      }
    },
  );

  it('names the parts of an object as SQL does', async () => {
    expect(await rowsOf('SELECT settings.max_participants, settings FROM meeting_created')).toEqual([
      [expect.any(Number), expect.objectContaining({ max_participants: expect.any(Number) as unknown })],
    ]);
  });

  it('tells whom an event is about apart from who caused it', async () => {
    expect(await rowsOf('SELECT user_id, caused_by FROM participant_denied')).toEqual([['mallory', 'ada']]);
    expect(await rowsOf('SELECT user_id, caused_by FROM audio_muted')).toEqual([['ada', 'ada']]);
  });

  it.each([
    ['WITH a AS (SELECT type FROM events) SELECT count(*) > 0 FROM a', true],
    ['FROM events SELECT count(*) > 0', true],
    ['VALUES (true)', true],
    ['SELECT true; -- and no more', true],
    ["SELECT time AT TIME ZONE 'Europe/Berlin' IS NOT NULL FROM events LIMIT 1", true],
    ["SELECT count(*) > 0 FROM (PIVOT events ON type IN ('RoomOpened') USING count(*))", true],
    ['SELECT count(*) = 3 FROM range(3)', true],
    [
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT max(i) = 5 FROM n',
      true,
    ],
    ['WITH events AS (SELECT * FROM events LIMIT 2) SELECT count(*) = 2 FROM events', true],
  ])('runs %s', async (sql, expected) => {
    expect(await rowsOf(sql)).toEqual([[expected]]);
  });

  it.each([
    'DESCRIBE participant_joined',
    'SHOW TABLES',
    'SUMMARIZE room_opened',
    'EXPLAIN SELECT * FROM events',
  ])('answers %s', async sql => {
    expect((await rowsOf(sql)).length).toBeGreaterThan(0);
  });

  it('has a view for every type, also when a query reads only one', async () => {
    const names = (await rowsOf('SHOW TABLES')).flat();
    expect(names).toEqual([...Object.keys(EVENT_CATALOGUE).map(snakeCase), 'events'].sort());
    expect(
      await rowsOf('SELECT (SELECT count(*) FROM room_opened), (SELECT count(*) FROM user_erased)'),
    ).toEqual([[1, 1]]);
  });

  /** Each with what its refusal says. `DIR` is a directory with files that could be read. */
  const REFUSED: readonly (readonly [string, RegExp])[] = [
    ['', /no statement/],
    [' -- nothing\n ;', /no statement/],
    ['SELECT 1; SELECT 2', /2 statements/],
    ['INSERT INTO events SELECT * FROM events', /INSERT is refused/],
    ['DELETE FROM events', /DELETE is refused/],
    ['UPDATE events SET type = 1', /UPDATE is refused/],
    ['CREATE TABLE x AS SELECT 1', /CREATE is refused/],
    ['CREATE MACRO m() AS TABLE SELECT 1', /CREATE is refused/],
    ['DROP TABLE events', /DROP is refused/],
    ['TRUNCATE events', /TRUNCATE is refused/],
    ['EXPLAIN ANALYZE DELETE FROM events', /DELETE is refused/],
    ["EXPLAIN ANALYZE COPY events TO 'DIR/out.csv'", /COPY is refused/],
    ['WITH gone AS (DELETE FROM events RETURNING *) SELECT * FROM gone', /./],
    ["COPY events TO 'DIR/out.csv'", /COPY is refused/],
    ["COPY events FROM 'DIR/secret.csv'", /COPY is refused/],
    ["EXPORT DATABASE 'DIR/out'", /EXPORT is refused/],
    ["IMPORT DATABASE 'DIR'", /IMPORT is refused/],
    ["ATTACH 'DIR/other.db'", /ATTACH is refused/],
    ['DETACH memory', /DETACH is refused/],
    ['USE main', /USE is refused/],
    ['INSTALL httpfs', /INSTALL is refused/],
    ['LOAD httpfs', /LOAD is refused/],
    ["SET memory_limit = '1TB'", /SET is refused/],
    ['RESET memory_limit', /RESET is refused/],
    ['PRAGMA version', /PRAGMA is refused/],
    ["PRAGMA profiling_output = 'DIR/out.json'", /PRAGMA is refused/],
    ['CHECKPOINT', /CHECKPOINT is refused/],
    ['VACUUM', /VACUUM is refused/],
    ['BEGIN', /BEGIN is refused/],
    ['COMMIT', /COMMIT is refused/],
    ['PREPARE p AS SELECT 1', /PREPARE is refused/],
    ['EXECUTE p', /EXECUTE is refused/],
    ["CALL enable_logging('QueryLog', storage = 'file', storage_path = 'DIR/out')", /CALL is refused/],
    [
      "SELECT * FROM enable_logging('QueryLog', storage = 'file', storage_path = 'DIR/out')",
      /enable_logging\(\) is refused/,
    ],
    ["SELECT * FROM read_csv('DIR/secret.csv')", /read_csv\(\) is refused/],
    ["SELECT * FROM read_json_auto('DIR/secret.json')", /read_json_auto\(\) is refused/],
    ["SELECT * FROM read_text('DIR/secret.csv')", /read_text\(\) is refused/],
    ["SELECT (SELECT content FROM read_blob('DIR/secret.csv'))", /read_blob\(\) is refused/],
    ["SELECT 1 WHERE EXISTS (SELECT * FROM parquet_scan('DIR/x.parquet'))", /parquet_scan\(\) is refused/],
    ["SELECT * FROM glob('DIR/*')", /glob\(\) is refused/],
    ["SELECT * FROM sniff_csv('DIR/secret.csv')", /sniff_csv\(\) is refused/],
    ["FROM 'DIR/secret.csv'", /reads the log and no files/],
    ["WITH a AS (FROM 'DIR/secret.json') SELECT * FROM a", /reads the log and no files/],
    ["SELECT * FROM query('SELECT 1')", /query\(\) is refused/],
    ["SELECT * FROM query_table('events')", /query_table\(\) is refused/],
    ['SELECT * FROM duckdb_settings()', /duckdb_settings\(\) is refused/],
    ["SELECT getenv('HOME')", /getenv\(\) is refused/],
    ["SELECT write_log('x')", /write_log\(\) is refused/],
    ["SELECT current_setting('temp_directory')", /current_setting\(\) is refused/],
    ['SELEC 1', /syntax error at or near "SELEC"[\s\S]*LINE 1: SELEC 1\n\s+\^/],
    ['SELECT nothing FROM events', /Referenced column "nothing" not found[\s\S]*LINE 1/],
    ['SELECT * FROM participants', /Table with name participants does not exist/],
    ['SELECT $1', /parameter/],
    ["SELECT 'x'::INTEGER", /Could not convert string 'x'/],
  ];
  it.each(REFUSED)('refuses %s, and nothing on disk changes', async (sql, message) => {
    const earlier = onDisk();
    const refused = query(sql.replaceAll('DIR', home));
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toHaveProperty('name', 'QueryRefused');
    expect(onDisk()).toEqual(earlier);
  });

  it('refuses a statement of more than 20,000 characters', async () => {
    await expect(query(`SELECT '${'x'.repeat(20_000)}'`)).rejects.toThrow('longer than 20000 characters');
  });

  it('stops a query that takes longer than it may, and says so', async () => {
    const endless = 'SELECT count(*) FROM range(10000000000) a, range(10000000000) b';
    await expect(query(endless, { timeoutSeconds: 0.2 })).rejects.toThrow('ran longer than 0.2 s');
  });

  it('does not count the time that its reader takes', async () => {
    let rows = 0;
    const sink = {
      columns: () => undefined,
      rows: async (given: readonly ResultRow[]) => {
        rows += given.length;
        await new Promise(resolve => setTimeout(resolve, 1500));
      },
    };
    await queryLog(log, 'FROM range(5000)', sink, { timeoutSeconds: 3 });
    expect(rows).toBe(5000);
  });

  it('ends when it is interrupted, and leaves no directory behind', async () => {
    const controller = new AbortController();
    const reason = new Error('Interrupted');
    const running = query('SELECT count(*) FROM range(10000000000) a, range(10000000000) b', {
      signal: controller.signal,
      onProgress: () => setTimeout(() => controller.abort(reason), 100),
    });
    await expect(running).rejects.toBe(reason);
    expect(readdirSync(join(home, 'tmp'))).toEqual([]);
  });

  it('ends also when it is interrupted after DuckDB was given the query and before it has begun to run it', async () => {
    const controller = new AbortController();
    const reason = new Error('Interrupted');
    const begin = jest.spyOn(DuckDBPreparedStatement.prototype, 'stream').mockImplementationOnce(function (
      this: DuckDBPreparedStatement,
    ) {
      controller.abort(reason);
      return this.stream();
    });
    const endless = 'SELECT count(*) FROM range(10000000000) a, range(10000000000) b';
    await expect(query(endless, { signal: controller.signal })).rejects.toBe(reason);
    begin.mockRestore();
  });

  it('gives values as JSON has them', async () => {
    const sql = `SELECT 9007199254740993::BIGINT, 12::HUGEINT, 1.25::DECIMAL(9, 2), 'nan'::DOUBLE, NULL, true,
      TIMESTAMPTZ '2026-11-22 10:00:00.5+01', TIMESTAMP '2026-11-22 10:00:00', DATE '2026-11-22',
      INTERVAL 90 MINUTE, [1, NULL], {'a': DATE '2026-11-22'}, MAP {'k': 1}`;
    expect(await rowsOf(sql)).toEqual([
      [
        ...[
          '9007199254740993',
          12,
          1.25,
          'NaN',
          null,
          true,
          '2026-11-22T09:00:00.500Z',
          '2026-11-22T10:00:00.000',
        ],
        ...['2026-11-22', '01:30:00', [1, null], { a: '2026-11-22' }, [{ key: 'k', value: 1 }]],
      ],
    ]);
  });
});
