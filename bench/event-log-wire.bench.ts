/**
 * The event log over EventStoreDB's wire (the adapter in this process, the door in another, over the embedded log) beside
 * the same log embedded, and beside EventStoreDB's client by itself, in the same run: what the wire costs, and what the
 * adapter.
 *
 *     event-log-wire.bench.js [DIRECTORY]     (a temporary one by default)
 */
import { openEventStoreDbDoor, openSqliteEventLog, type EventLog, type NewEvent } from '#libs/event-log';
import { EventStoreDBClient, jsonEvent, type JSONType } from '@eventstore/db-client';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chatEvent } from './chat-event.js';
import { openEventStoreDbLog } from '../libs/event-log/src/eventstoredb/open-eventstoredb-log.js';

const ROUNDS = 5;
const SINGLE = 2_000;
const BATCHED = 16_000;
const WRITERS = 64;

/** Writers that each append one event, wait until it is durable, and append the next, to a stream of their own. Per second. */
async function append(
  one: (stream: string, event: NewEvent) => Promise<unknown>,
  count: number,
  writers: number,
): Promise<number> {
  const events = Array.from({ length: count }, chatEvent);
  const started = performance.now();
  let next = 0;
  const write = async (_: unknown, n: number): Promise<void> => {
    while (next < count) {
      next += 1;
      await one(`chat-meeting-${n}`, events[next - 1] as NewEvent);
    }
  };
  await Promise.all(Array.from({ length: writers }, write));
  return perSecond(count, started);
}

/** What the adapter does for an append, done with the client's own means. */
const appendWith =
  (client: EventStoreDBClient) =>
  (stream: string, { type, data, metadata }: NewEvent): Promise<unknown> =>
    client.appendToStream(
      stream,
      jsonEvent({ id: randomUUID(), type, data: data as JSONType, metadata: { ...metadata } }),
    );

async function readAll(events: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  const started = performance.now();
  for await (const _ of events) count += 1;
  return perSecond(count, started);
}

/** From the log's start to its head. */
async function tail(log: EventLog): Promise<number> {
  const head = await log.head();
  let count = 0;
  const started = performance.now();
  for await (const batch of log.tail({ after: -1 })) {
    count += batch.length;
    if ((batch.at(-1)?.position ?? -1) >= head) break;
  }
  return perSecond(count, started);
}

function perSecond(count: number, started: number): number {
  return (count / (performance.now() - started)) * 1_000;
}

type Measure = Record<string, number>;

async function round(embedded: EventLog, wire: EventLog, client: EventStoreDBClient): Promise<Measure> {
  const measure: Measure = {
    'append, 1 in flight, client': await append(appendWith(client), SINGLE, 1),
    [`append, ${WRITERS} in flight, client`]: await append(appendWith(client), BATCHED, WRITERS),
    'readAll, client': await readAll(client.readAll()),
  };
  for (const [where, log] of [
    ['embedded', embedded],
    ['wire', wire],
  ] as const) {
    const one = (stream: string, event: NewEvent): Promise<unknown> => log.append(stream, [event], 'any');
    measure[`append, 1 in flight, ${where}`] = await append(one, SINGLE, 1);
    measure[`append, ${WRITERS} in flight, ${where}`] = await append(one, BATCHED, WRITERS);
    measure[`readAll, ${where}`] = await readAll(log.readAll());
    measure[`tail, ${where}`] = await tail(log);
  }
  return measure;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] as number;
}

function print(measures: readonly Measure[]): void {
  const names = Object.keys(measures[0] as Measure);
  const rates = names.map(name => {
    const each = measures.map(measure => Math.round(measure[name] as number));
    return `${name.padEnd(32)}${String(median(each)).padStart(9)}   of ${each.join(' ')}`;
  });
  const ratios = names
    .filter(name => name.endsWith(', wire'))
    .flatMap(name => ['embedded', 'client'].map(where => [name, where] as const))
    .filter(([name, where]) => names.includes(name.replace('wire', where)))
    .map(([name, where]) => {
      const beside = name.replace('wire', where);
      const each = measures.map(measure => (measure[name] as number) / (measure[beside] as number));
      return `${name} / ${where}: ${median(each).toFixed(2)}   of ${each.map(ratio => ratio.toFixed(2)).join(' ')}`;
    });
  console.log(
    ['Events per second, median', ...rates, '', 'Ratios within a round, median', ...ratios].join('\n'),
  );
}

/** This program as the server: opens a log and the door to it, until its parent goes. */
async function serve(directory: string): Promise<void> {
  const log = await openSqliteEventLog({ directory });
  const door = await openEventStoreDbDoor({ log, host: '127.0.0.1', port: 0, writable: true });
  process.send?.(door.port);
  await once(process, 'disconnect');
  await door.close();
  await log.close();
}

async function main(parent: string): Promise<void> {
  const directory = mkdtempSync(join(parent, 'parley-bench-'));
  const server = spawn(
    process.execPath,
    [fileURLToPath(import.meta.url), '--serve', join(directory, 'server')],
    {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  try {
    const [port] = (await once(server, 'message')) as [number];
    const embedded = await openSqliteEventLog({ directory: join(directory, 'embedded') });
    const connectionString = `esdb://127.0.0.1:${port}?tls=false`;
    const wire = await openEventStoreDbLog({ connectionString });
    const client = EventStoreDBClient.connectionString(connectionString);
    const measures: Measure[] = [];
    for (let i = 0; i < ROUNDS; i += 1) measures.push(await round(embedded, wire, client));
    print(measures);
    await embedded.close();
    await wire.close();
    await client.dispose();
  } finally {
    const gone = once(server, 'exit');
    server.disconnect();
    await gone;
    rmSync(directory, { recursive: true });
  }
}

const [first = tmpdir(), second = ''] = process.argv.slice(2);
if (first === '--serve') await serve(second);
else await main(first);
