import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** The built program, as people run it: build before (npm test does). */
const MAIN = new URL('../../../../dist/apps/cli/src/main.js', import.meta.url).pathname;

// Some tests run the program seven times.
jest.setTimeout(240_000);

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

describe('parley sample, export, query and replay', () => {
  let home: string;
  let data: string;

  const begin = (...args: string[]): ChildProcess =>
    spawn(process.execPath, [MAIN, ...args], {
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        TMPDIR: join(home, 'tmp'),
        PARLEY_DATA_DIR: join(home, 'none'),
      },
    });
  const ended = async (child: ChildProcess): Promise<Outcome> => {
    const exit = once(child, 'close');
    const [out, err] = await Promise.all([text(child.stdout!), text(child.stderr!)]);
    const [code] = (await exit) as [number | null];
    return { code, out, err };
  };
  const parley = (...args: string[]): Promise<Outcome> => ended(begin(...args));
  /** No file is left where programs keep theirs meanwhile. */
  const expectNothingLeft = (): void => expect(readdirSync(join(home, 'tmp'))).toEqual([]);

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'parley-analytics-cli-'));
    mkdirSync(join(home, 'tmp'));
    data = join(home, 'sample');
    const { code, out, err } = await parley('sample', '--data', data, '--meetings', '9');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Made a log of [\d,]+ events in /);
  });
  afterAll(() => rmSync(home, { recursive: true }));

  it('sample makes the same events again, and overwrites nothing', async () => {
    const again = join(home, 'again');
    await parley('sample', '--data', again, '--meetings', '9');
    const [one, other] = await Promise.all([
      parley('export', '--data', data),
      parley('export', '--data', again),
    ]);
    expect(one.out).not.toBe('');
    expect(other.out).toBe(one.out);
    const { code, err } = await parley('sample', '--data', data);
    expect(code).toBe(1);
    expect(err).toBe(`${data} is not empty. Name another directory with --data, or remove this one.\n`);
  });

  it('export writes NDJSON, CSV and Parquet files, and refuses to overwrite them', async () => {
    const lines = (await parley('export', '--data', data)).out.trimEnd().split('\n');
    for (const format of ['ndjson', 'csv', 'parquet']) {
      const file = join(home, `events.${format}`);
      const { code, out, err } = await parley('export', '--data', data, '--format', format, '--out', file);
      expect({ code, out, err }).toEqual({
        ...{ code: 0, out: '' },
        err: `Exported ${lines.length.toLocaleString('en')} events to ${file}\n`,
      });
      expect(existsSync(file)).toBe(true);
      const second = await parley('export', '--data', data, '--format', format, '--out', file);
      expect(second.err).toContain('overwrite it with --force');
      expect(second.code).toBe(1);
    }
    expect(readFileSync(join(home, 'events.ndjson'), 'utf8').trimEnd().split('\n')).toEqual(lines);
    expectNothingLeft();
  });

  it('export finds a meeting by the name of its room', async () => {
    const { out } = await parley(
      'export',
      '--data',
      data,
      '--meeting',
      'stand-up',
      '--type',
      'MeetingCreated',
    );
    const rows = out.trimEnd().split('\n');
    expect(rows).toHaveLength(1);
    expect(JSON.parse(rows[0]!)).toMatchObject({ type: 'MeetingCreated', data: { title: 'Stand-up' } });
  });

  it('export stops without a word when nobody reads on', async () => {
    const child = begin('export', '--data', data);
    child.stdout!.once('data', () => child.stdout!.destroy());
    const [err] = await Promise.all([text(child.stderr!), once(child, 'exit')]);
    expect({ code: child.exitCode, err }).toEqual({ code: 0, err: '' });
  });

  it.each([
    [['export', '--meeting', 'nope'], 'There is no meeting nope in the log'],
    [['export', '--type', 'Nope'], '--type Nope is no type of event'],
    [['export', '--since', 'tomorrow'], 'ISO 8601'],
    [['export', '--since', '2026-11-03', '--until', '2026-11-02'], '--since must be before --until'],
    [['export', '--format', 'parquet'], 'Give it with --out'],
    [['export', '--format', 'xml'], 'Allowed choices are ndjson, csv, parquet'],
    [['export', '--out', '/no/such/place'], 'cannot be written: there is no such directory'],
    [['query', 'SELECT nothing FROM events'], 'Referenced column "nothing" not found'],
    [['query', "SELECT * FROM read_csv('/etc/passwd')"], 'read_csv() is refused'],
    [['query', 'DROP TABLE events'], 'DROP is refused'],
    [['query', '--timeout', '0', 'SELECT 1'], 'number above 0'],
    [['query', '--limit', 'all', 'SELECT 1'], 'whole number above 0'],
    [['query'], 'Give one statement'],
    [['query', '--file', '/no/such.sql'], '/no/such.sql cannot be read'],
    [['replay', 'nope'], 'There is no meeting nope in the log'],
  ])('%j is refused in words, without a stack', async (args, message) => {
    const { code, out, err } = await parley(...args, '--data', data);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toContain(message);
    expect(err).not.toMatch(/\n\s+at /);
    expectNothingLeft();
  });

  it.each(['export', 'query', 'replay'])(
    '%s says so where there is no log, and makes none',
    async command => {
      const { code, err } = await parley(
        command,
        ...(command === 'export' ? [] : ['SELECT 1']),
        '--data',
        join(home, 'none'),
      );
      expect(code).toBe(1);
      expect(err).toContain('There is no event log in');
      expect(err).toContain('--data');
      expect(existsSync(join(home, 'none'))).toBe(false);
    },
  );

  it('query prints a table, and takes SQL from its input and from a file', async () => {
    const sql = 'SELECT count(*) AS meetings FROM meeting_created';
    const table = '┌──────────┐\n│ meetings │\n├──────────┤\n│        9 │\n└──────────┘\n1 row\n';
    expect(await parley('query', '--data', data, sql)).toEqual({ code: 0, out: table, err: '' });
    const child = begin('query', '--data', data, '-');
    child.stdin!.end(sql);
    expect((await ended(child)).out).toBe(table);
    writeFileSync(join(home, 'q.sql'), `${sql};\n`);
    expect((await parley('query', '--data', data, '--file', join(home, 'q.sql'))).out).toBe(table);
    const { out } = await parley('query', '--data', data, '--format', 'json', sql);
    expect(JSON.parse(out)).toEqual([{ meetings: 9 }]);
  });

  it('replay reads the sample as well', async () => {
    const { code, out } = await parley('replay', '--data', data, 'stand-up');
    expect(code).toBe(0);
    expect(out).toContain('Ada Lindqvist joined as host');
  });

  it('a private message is neither exported, nor queried, nor replayed', async () => {
    const whispers = /"Shall we have lunch after this\?"|You are muted\.|That went well\./;
    const { out } = await parley('export', '--data', data);
    expect(out).toContain('ChatMessageSent');
    expect(out).not.toMatch(whispers);
    const sql = 'SELECT count(*) AS n FROM chat_message_sent WHERE recipient_id IS NOT NULL';
    expect((await parley('query', '--data', data, '--format', 'ndjson', sql)).out).toBe('{"n":0}\n');
    const meeting = JSON.parse(out.split('\n').find(line => line.includes('"title":"Planning"'))!) as {
      meeting_id: string;
    };
    expect((await parley('replay', '--data', data, meeting.meeting_id)).out).not.toContain('(private)');
  });

  it('Ctrl-C ends a query, and leaves nothing behind', async () => {
    const child = begin(
      'query',
      '--data',
      data,
      'SELECT count(*) FROM range(10000000000) a, range(10000000000) b',
    );
    const outcome = ended(child);
    while (readdirSync(join(home, 'tmp')).length === 0) await new Promise(resolve => setTimeout(resolve, 20));
    child.kill('SIGINT');
    expect(await outcome).toEqual({ code: 130, out: '', err: '' });
    expectNothingLeft();
  });

  it.each([
    ['export', ['--out', 'FILE']],
    ['sample', []],
  ])('Ctrl-C ends %s, and leaves nothing behind', async (command, more) => {
    const place = join(home, 'interrupted');
    mkdirSync(place);
    const target = join(place, 'target');
    const args =
      command === 'sample'
        ? ['sample', '--meetings', '100000', '--data', target]
        : ['export', '--format', 'parquet', '--data', data, ...more.map(arg => arg.replace('FILE', target))];
    const child = begin(...args);
    const outcome = ended(child);
    while (readdirSync(place).length === 0 && child.exitCode === null) {
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    child.kill('SIGINT');
    const { code, out } = await outcome;
    const left = readdirSync(place);
    // The sample never comes to its end. What was done before the signal came is done, however late the process hears of it.
    if (command === 'sample' || left.length === 0) expect([code, left]).toEqual([130, []]);
    else expect([[0, 130].includes(code as number), left]).toEqual([true, ['target']]);
    expect(out).toBe('');
    expectNothingLeft();
    rmSync(place, { recursive: true });
  });
});
