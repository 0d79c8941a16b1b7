import { afterEach, expect, jest, test } from '@jest/globals';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { collected } from './door-for-tests.js';

jest.setTimeout(180_000);

const LOADER = new URL('../../test/typescript-sources.mjs', import.meta.url).href;
const PROGRAM = fileURLToPath(new URL('../../test/door-process.ts', import.meta.url));

let running: ChildProcessWithoutNullStreams | undefined;
const folder = mkdtempSync(join(tmpdir(), 'parley-door-process-'));
afterEach(async () => {
  await end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the process and gives the connection string that it prints. */
async function start(...args: string[]): Promise<string> {
  const env = { ...process.env, NODE_OPTIONS: '', TMPDIR: folder };
  const child = spawn(process.execPath, ['--import', LOADER, PROGRAM, ...args], { env });
  running = child;
  child.stderr.pipe(process.stderr);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return line.replace(/^EventStoreDB door on /, '');
}

async function end(signal: NodeJS.Signals): Promise<number | null> {
  const child = running;
  running = undefined;
  if (child === undefined) return null;
  const exited = once(child, 'exit') as Promise<[number | null]>;
  child.kill(signal);
  return (await exited)[0];
}

const withClient = async <T>(
  address: string,
  use: (client: EventStoreDBClient) => Promise<T>,
): Promise<T> => {
  const client = EventStoreDBClient.connectionString(address);
  try {
    return await use(client);
  } finally {
    await client.dispose();
  }
};

test('the process opens a door for writing on a folder of its own, which it removes when it is told to end', async () => {
  const address = await start();
  expect(address).toMatch(/^esdb:\/\/127\.0\.0\.1:\d+\?tls=false$/);
  await withClient(address, client =>
    client.appendToStream('s', jsonEvent({ type: 'Counted', data: { n: 1 } })),
  );
  expect(readdirSync(folder)).toHaveLength(1);
  expect(await end('SIGTERM')).toBe(0);
  expect(readdirSync(folder)).toEqual([]);
});

test('what was answered before it was killed is there when it is started again on the same folder', async () => {
  const data = join(folder, 'data');
  await withClient(await start('--data', data), client =>
    client.appendToStream('s', jsonEvent({ type: 'Counted', data: { n: 1 } })),
  );
  await end('SIGKILL');
  const events = await withClient(await start('--data', data), client => collected(client.readStream('s')));
  expect(events.map(({ event }) => event?.data)).toEqual([{ n: 1 }]);
});
