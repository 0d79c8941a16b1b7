import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { LogLocked } from '../event-log-errors.js';
import type { RecordedEvent } from '../event-log.js';
import { openSqliteEventLog } from './open-sqlite-event-log.js';
import { openSqliteEventLogReader } from './open-sqlite-event-log-reader.js';

const LOADER = new URL('../../test/typescript-sources.mjs', import.meta.url).href;
const PROGRAM = fileURLToPath(new URL('../../test/appending-process.ts', import.meta.url));

jest.setTimeout(240_000);

let directory: string;
let started: ChildProcessWithoutNullStreams[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'parley-event-log-'));
  started = [];
});
afterEach(async () => {
  await Promise.all(started.map(kill));
  rmSync(directory, { recursive: true });
});

interface Appending {
  readonly process: ChildProcessWithoutNullStreams;
  /** Its lines as they come. */
  readonly lines: AsyncIterableIterator<string>;
}

/** @param limits shell commands before the program, which set its limits. */
function startAppending(count: number, { dataSize = 100, limits = '' } = {}): Appending {
  const command = `${limits} exec "$0" --import "$1" "$2" "$3" "$4" "$5"`;
  const args = [process.execPath, LOADER, PROGRAM, directory, String(count), String(dataSize)];
  const child = spawn('sh', ['-c', command, ...args], { env: { ...process.env, NODE_OPTIONS: '' } });
  started.push(child);
  child.stderr.pipe(process.stderr);
  return { process: child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

async function kill(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** Its lines up to `done`, or its end. */
async function linesToDone(appending: Appending): Promise<string[]> {
  const lines: string[] = [];
  for (let next = await appending.lines.next(); !next.done; next = await appending.lines.next()) {
    lines.push(next.value.trimEnd());
    if (lines.at(-1) === 'done') break;
  }
  return lines;
}

/** Position by id, of all lines that acknowledge an append. */
function acknowledged(lines: readonly string[]): Map<string, number> {
  const acks = lines.map(line => line.split(' ')).filter(([word]) => word === 'ack');
  return new Map(acks.map(([, id, position]) => [id as string, Number(position)]));
}

/** Reads the whole log as another process would, and holds it to what a log must be after any accident. */
async function readConsistent(): Promise<Map<string, number>> {
  const reader = await openSqliteEventLogReader({ directory });
  const positions = new Map<string, number>();
  const revisions = new Map<string, number>();
  let last: RecordedEvent | undefined;
  for await (const event of reader.readAll()) {
    expect(event.position).toBeGreaterThan(last?.position ?? -1);
    expect(event.revision).toBe((revisions.get(event.stream) ?? -1) + 1);
    expect(positions.has(event.id)).toBe(false);
    expect(event.data).toMatchObject({ n: Number(event.id.slice('event-'.length)) });
    positions.set(event.id, event.position);
    revisions.set(event.stream, event.revision);
    last = event;
  }
  await reader.close();
  return positions;
}

test('after kill -9 amid 2,000 appends every acknowledged event is there, none twice, and a repeat completes them', async () => {
  const acks = new Map<string, number>();
  for (const killAfter of [1, 150, 700, 1_300]) {
    const appending = startAppending(2_000);
    const lines: string[] = [];
    for await (const line of appending.lines) {
      lines.push(line);
      // What it wrote before it died is still in the pipe, and is read to the end.
      if (lines.length === killAfter) appending.process.kill('SIGKILL');
    }
    expect(lines.length).toBeLessThan(2_000);
    for (const [id, position] of acknowledged(lines)) {
      expect(acks.get(id) ?? position).toBe(position);
      acks.set(id, position);
    }
    const recorded = await readConsistent();
    for (const [id, position] of acks) expect(recorded.get(id)).toBe(position);
  }
  const last = startAppending(2_000);
  const lines = await linesToDone(last);
  expect(acknowledged(lines).size).toBe(2_000);
  expect(await readConsistent()).toEqual(acknowledged(lines));
});

test('a full disk rejects appends with LogUnavailable, loses nothing, and repeats succeed once there is room', async () => {
  // A file may not grow beyond 1 MiB (2,048 blocks of 512 bytes): for SQLite the same as a full disk.
  const limits = "trap '' XFSZ; ulimit -S -f 2048;";
  const appending = startAppending(400, { dataSize: 10_000, limits });
  const lines = await linesToDone(appending);
  const acks = acknowledged(lines);
  const rejected = lines.filter(line => line.startsWith('rejected'));
  expect(acks.size).toBeGreaterThan(10);
  expect(rejected.length).toBeGreaterThan(10);
  expect(acks.size + rejected.length).toBe(400);
  expect(new Set(rejected.map(line => line.split(' ')[2]))).toEqual(new Set(['LogUnavailable']));
  const recorded = await readConsistent();
  for (const [id, position] of acks) expect(recorded.get(id)).toBe(position);

  const widened = spawnSync('prlimit', ['--pid', String(appending.process.pid), '--fsize=unlimited']);
  expect(String(widened.stderr)).toBe('');
  const exited = once(appending.process, 'exit');
  appending.process.stdin.end('again\n');
  for (const [id, position] of acknowledged(await linesToDone(appending))) acks.set(id, position);
  await exited;
  expect(acks.size).toBe(400);
  expect(await readConsistent()).toEqual(acks);
});

test('a second process is refused the data directory with a sentence, and the first is not disturbed', async () => {
  const log = await openSqliteEventLog({ directory });
  const lines = await linesToDone(startAppending(3));
  expect(lines).toEqual([
    `refused LogLocked: Another Parley already runs on the data directory ${directory}. Stop it first, or choose another with PARLEY_DATA_DIR.`,
  ]);
  const event = { id: 'event-0', type: 'Counted', version: 1, time: 't', data: { n: 0 } };
  await log.append('stream', [{ ...event, metadata: { correlationId: 'c', userId: 'u' } }], 'no-stream');
  expect((await readConsistent()).size).toBe(1);
  await log.close();
});

test('the data directory is free again once its owner is killed, and a reader needs no ownership', async () => {
  const appending = startAppending(50);
  await linesToDone(appending);
  await expect(openSqliteEventLog({ directory })).rejects.toThrow(LogLocked);
  expect((await readConsistent()).size).toBe(50);
  await kill(appending.process);
  expect((await readConsistent()).size).toBe(50);
  const log = await openSqliteEventLog({ directory });
  expect(await log.head()).toBe(49);
  await log.close();
  expect((await readConsistent()).size).toBe(50);
});
