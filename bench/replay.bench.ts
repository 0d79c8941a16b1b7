/**
 * What it costs to read a whole log again: exports, a query, and the building of all read models, each in a process of its
 * own whose peak memory is told beside its rate, and beside a mere reading of all events in the same run. A rate is the
 * events of the log by the whole time of the process; a rebuild's is that of the rebuild alone.
 *
 *     replay.bench.js [EVENTS]     (1,000,000 by default)
 */
import { openEventLog, openEventLogReader } from '#libs/event-log';
import { ALL_PROJECTIONS, openReadModels, ProjectionRunner } from '#libs/read-models';
import { type SampleEvent, sampleEvents } from '#libs/sample-log';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const EVENTS = 1_000_000;
const IN_FLIGHT = 256;
const CLI = resolve('dist/apps/cli/src/main.js');
/** As `npm run parley` starts the command line, and `parley up` the api. */
const FLAGS = ['--max-semi-space-size=8'];
const SELF = fileURLToPath(import.meta.url);
const LOOK_EVERY_MS = 20;

/** So many meetings have more than so many events: a small company's have about 240 each. */
const meetingsFor = (events: number): number => Math.ceil(events / 200) + 10;

/** Neighbours of one stream, as one request brings them forth. */
function* appends(events: readonly SampleEvent[]): Generator<SampleEvent[]> {
  let run: SampleEvent[] = [];
  for (const event of events) {
    if (run.length > 0 && run[0]?.stream !== event.stream) {
      yield run;
      run = [];
    }
    run.push(event);
  }
  if (run.length > 0) yield run;
}

/** Writes a log as the api does, personal texts sealed. Returns how many events it has. */
async function writeLog(dataDir: string, wanted: number): Promise<number> {
  const log = await openEventLog({ dataDir, eventLog: '' });
  let count = 0;
  let waiting: Promise<unknown>[] = [];
  for (const day of sampleEvents({ meetings: meetingsFor(wanted) })) {
    if (count >= wanted) break;
    // An erased user's next key is made in its own time, and order would be lost.
    const kept = day.filter(({ type }) => type !== 'UserErased').slice(0, wanted - count);
    for (const run of appends(kept)) {
      const events = run.map(({ stream: _stream, ...event }) => event);
      const appending = log.append(run[0]!.stream, events, 'any');
      // On the first day everybody gets a key.
      if (count === 0) await appending;
      else if (waiting.push(appending) === IN_FLIGHT) {
        await Promise.all(waiting);
        waiting = [];
      }
    }
    await Promise.all(waiting);
    waiting = [];
    count += kept.length;
  }
  await log.close();
  return count;
}

interface Measure {
  readonly seconds: number;
  readonly peakMb: number;
  readonly output: string;
}

/** The most memory that a process has had resident (Linux); nothing once it is gone. */
function peakKb(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Runs a program of Node to its end, looking at its memory meanwhile. @throws when it fails */
async function measure(args: readonly string[]): Promise<Measure> {
  const begun = performance.now();
  const child = spawn(process.execPath, [...FLAGS, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, peakKb(child.pid!))), LOOK_EVERY_MS);
  const [output, complaint] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  clearInterval(timer);
  if (child.exitCode !== 0)
    throw new Error(`${args.join(' ')} ended with code ${child.exitCode}: ${complaint}`);
  return { seconds: (performance.now() - begun) / 1000, peakMb: peak / 1000, output };
}

/** In a process of its own: reads every event and does nothing with it. */
async function readAll(dataDir: string): Promise<void> {
  const log = await openEventLogReader({ dataDir, eventLog: '' });
  for await (const _event of log.readAll());
  await log.close();
}

/** In a process of its own: builds all read models from nothing, then anew. Prints the seconds of both. */
async function build(dataDir: string): Promise<void> {
  const log = await openEventLog({ dataDir, eventLog: '' });
  const models = await openReadModels({ file: join(dataDir, 'read-models.db') });
  const runner = new ProjectionRunner({
    log,
    database: models.writer,
    projections: ALL_PROJECTIONS,
    onError: error => {
      throw error;
    },
  });
  const begun = performance.now();
  await runner.start();
  await runner.caughtUp(await log.head());
  const built = performance.now();
  await runner.rebuild();
  const rebuilt = performance.now();
  process.stdout.write(JSON.stringify([(built - begun) / 1000, (rebuilt - built) / 1000]));
  await runner.stop();
  await models.close();
  await log.close();
}

interface Row {
  readonly name: string;
  readonly seconds: number;
  readonly peakMb: number;
  readonly note: string;
}

async function rows(dataDir: string): Promise<readonly Row[]> {
  const cli = async (name: string, args: readonly string[], file?: string): Promise<Row> => {
    const { seconds, peakMb } = await measure([CLI, ...args, '--data', dataDir]);
    const note = file === undefined ? '' : `${Math.round(statSync(file).size / 1e6)} MB written`;
    if (file !== undefined) rmSync(file);
    return { name, seconds, peakMb, note };
  };
  const exported = (format: string): Promise<Row> => {
    const file = join(dataDir, `events.${format}`);
    return cli(`parley export --format ${format}`, ['export', '--format', format, '--out', file], file);
  };
  const read = await measure([SELF, '--read', dataDir]);
  const exports = [await exported('ndjson'), await exported('csv'), await exported('parquet')];
  const sql = 'SELECT type, count(*) FROM events GROUP BY type';
  const query = await cli('parley query over all events', ['query', sql]);
  const { output, peakMb } = await measure([SELF, '--build', dataDir]);
  const [built, rebuilt] = JSON.parse(output) as [number, number];
  return [
    { name: 'reading all events', ...read, note: 'the baseline' },
    ...exports,
    query,
    { name: 'read models built from nothing', seconds: built, peakMb, note: '' },
    { name: 'read models rebuilt', seconds: rebuilt, peakMb, note: 'in the same process' },
  ];
}

function print(count: number, all: readonly Row[]): void {
  const baseline = all[0]!.seconds;
  console.log(`A log of ${count.toLocaleString('en')} events, personal texts sealed`);
  console.log(`${''.padEnd(34)}  events/s   of reading   peak memory`);
  for (const { name, seconds, peakMb, note } of all) {
    const rate = Math.round(count / seconds).toLocaleString('en');
    const share = (baseline / seconds).toFixed(2);
    const line = [
      name.padEnd(34),
      rate.padStart(10),
      share.padStart(13),
      `${Math.round(peakMb)} MB`.padStart(14),
    ];
    console.log(`${line.join('')}   ${note}`.trimEnd());
  }
}

async function main(wanted: number): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  try {
    const count = await writeLog(dataDir, wanted);
    print(count, await rows(dataDir));
  } finally {
    rmSync(dataDir, { recursive: true });
  }
}

const [mode = String(EVENTS), dataDir = ''] = process.argv.slice(2);
if (mode === '--read') await readAll(dataDir);
else if (mode === '--build') await build(dataDir);
else await main(Number(mode));
