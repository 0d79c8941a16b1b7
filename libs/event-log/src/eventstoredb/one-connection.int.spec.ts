import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ulid } from 'ulid';
import { collect, newEvent } from '../contract/contract-fixtures.js';
import { LogUnavailable } from '../event-log-errors.js';
import { TestDoor } from '../eventstoredb-for-tests.js';
import { openEventStoreDbLog } from './open-eventstoredb-log.js';

jest.setTimeout(150_000);

let door: TestDoor;
/** A way to the door that knows its connections. */
let way: Server;
const sockets: Socket[] = [];
let connectionString: string;
beforeAll(async () => {
  door = await TestDoor.start();
  way = createServer(near => {
    sockets.push(near);
    const far = connect(door.port, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      socket.pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => other.destroy());
    }
  });
  await once(way.listen(0, '127.0.0.1'), 'listening');
  connectionString = `esdb://127.0.0.1:${(way.address() as { port: number }).port}?tls=false`;
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  way.close();
  await door.stop();
});

test('all logs of one connection string share one connection, which the last one closes', async () => {
  const one = await openEventStoreDbLog({ connectionString });
  const two = await openEventStoreDbLog({ connectionString });
  const { events } = await one.append('shared', [newEvent({ id: ulid() })], 'no-stream');
  expect(await collect(two.readStream('shared'))).toEqual(events);
  const tail = two.tail({ after: 'end' })[Symbol.asyncIterator]();
  const waiting = tail.next();
  await one.close();
  await one.close();
  await expect(one.head()).rejects.toThrow(LogUnavailable);
  const more = await two.append('shared', [newEvent({ id: ulid() })], 0);
  expect(await waiting).toEqual({ done: false, value: more.events });
  expect(sockets).toHaveLength(1);
  // Not `once`: that rejects when the door's goodbye meets an end already closed, which is an end too.
  const closed = new Promise(done => sockets[0]?.on('close', done));
  await two.close();
  await closed;

  const again = await openEventStoreDbLog({ connectionString });
  expect(await again.head()).toBe(more.position);
  expect(sockets).toHaveLength(2);
  await again.close();
});

test('a text that is no connection string is refused with what is wrong, and without its password', async () => {
  for (const text of ['esdb://ada:secret@', 'http://ada:secret@127.0.0.1', 'esdb://ada:secret@127.0.0.1:x']) {
    const opening = openEventStoreDbLog({ connectionString: text });
    await expect(opening).rejects.toThrow(LogUnavailable);
    await expect(opening).rejects.toThrow(/EventStoreDB cannot be connected to: .*expected/);
    await expect(opening).rejects.not.toThrow(/secret/);
  }
});

const LOADER = new URL('../../test/typescript-sources.mjs', import.meta.url).href;

/** Runs a program of its own, from sources, and gives what it wrote once it has ended by itself. */
function run(program: string): string {
  const args = ['--conditions=source', '--import', LOADER, '--eval', program];
  const cwd = fileURLToPath(new URL('../../../..', import.meta.url));
  const env = { ...process.env, NODE_OPTIONS: '' };
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd,
    env,
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(`${stderr}${String(status)}`).toBe('0');
  return stdout;
}
const sourceOf = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);

test('a process that has closed the log, or whose server is away, can end: nothing keeps it alive', async () => {
  const program = (address: string, use: string): string => `
    import { openEventStoreDbLog } from ${sourceOf('./open-eventstoredb-log.ts')};
    const log = await openEventStoreDbLog({ connectionString: ${JSON.stringify(address)} });
    const end = new AbortController();
    const tail = (async () => { for await (const _ of log.tail({ after: -1, signal: end.signal })) end.abort(); })();
    ${use}
    await log.close();
    console.log('closed');`;
  expect(run(program(door.connectionString, `await log.head(); await tail;`))).toBe('closed\n');
  expect(run(program('esdb://127.0.0.1:1?tls=false', `await log.head().catch(() => undefined);`))).toBe(
    'closed\n',
  );
});

test('a process that uses the embedded log loads nothing of the client', () => {
  const loaded = run(`
    import Module from 'node:module';
    import { mkdtempSync, rmSync } from 'node:fs';
    import { openEventLog } from ${sourceOf('../open-event-log.ts')};
    const dataDir = mkdtempSync('/tmp/parley-lazy-');
    const log = await openEventLog({ dataDir, eventLog: '' });
    await log.close();
    rmSync(dataDir, { recursive: true });
    console.log(Object.keys(Module._cache).filter(file => /db-client|grpc/.test(file)).length);
    await import(${sourceOf('./open-eventstoredb-log.ts')});
    console.log(Object.keys(Module._cache).some(file => /db-client/.test(file)));`);
  expect(loaded).toBe('0\ntrue\n');
});
