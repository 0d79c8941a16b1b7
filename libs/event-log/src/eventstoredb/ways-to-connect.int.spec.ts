import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { collect, newEvent, takeFromTail } from '../contract/contract-fixtures.js';
import { DOOR_CERTIFICATE } from '../door-certificate-for-tests.js';
import { LogUnavailable } from '../event-log-errors.js';
import { START, type EventLog } from '../event-log.js';
import { openEventStoreDbDoor } from '../eventstoredb-door/open-eventstoredb-door.js';
import { TestDoor } from '../eventstoredb-for-tests.js';
import { openSqliteEventLog } from '../sqlite/open-sqlite-event-log.js';
import { openEventStoreDbLog } from './open-eventstoredb-log.js';

jest.setTimeout(180_000);

let directory: string;
let opened: { close(): Promise<void> }[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'parley-ways-'));
  opened = [];
});
afterEach(async () => {
  for (const one of opened.reverse()) await one.close();
  rmSync(directory, { recursive: true });
});

async function open(connectionString: string): Promise<EventLog> {
  const log = await openEventStoreDbLog({ connectionString });
  opened.push(log);
  return log;
}

test('with TLS and credentials it does what it may; what it may not is refused as such, and no tail tries for ever', async () => {
  const embedded = await openSqliteEventLog({ directory: join(directory, 'log') });
  opened.push(embedded);
  const door = await openEventStoreDbDoor({
    log: embedded,
    host: '127.0.0.1',
    port: 0,
    writable: true,
    tls: DOOR_CERTIFICATE,
    authenticate: (user, password) =>
      Promise.resolve(user === 'parley' && password === 'r:ght@' ? { userId: 'parley' } : undefined),
  });
  opened.push(door);
  const caFile = join(directory, 'ca.pem');
  writeFileSync(caFile, DOOR_CERTIFICATE.cert);
  const at = `127.0.0.1:${door.port}?tlsCAFile=${encodeURIComponent(caFile)}`;

  const log = await open(`esdb://parley:r%3Aght%40@${at}`);
  const { events } = await log.append('s', [newEvent({ id: ulid() }), newEvent({ id: ulid() })], 'no-stream');
  expect(await collect(log.readAll({ streamPrefixes: ['s'] }))).toEqual(events);
  expect(await takeFromTail(log.tail({ after: START }), 2)).toEqual(events);

  const stranger = await open(`esdb://parley:wrong@${at}`);
  const refused: Promise<unknown>[] = [
    stranger.append('s', [newEvent({ id: ulid() })], 'any'),
    stranger.head(),
    collect(stranger.readStream('s')),
    takeFromTail(stranger.tail({ after: START }), 1),
  ];
  for (const result of await Promise.allSettled(refused)) {
    expect(result).toMatchObject({
      status: 'rejected',
      reason: { message: expect.stringContaining('UNAUTHENTICATED') },
    });
    expect((result as PromiseRejectedResult).reason).not.toBeInstanceOf(LogUnavailable);
  }
  expect(await collect(log.readAll())).toEqual(events);

  const distrustful = await open(`esdb://parley:r%3Aght%40@127.0.0.1:${door.port}`);
  await expect(distrustful.head()).rejects.toThrow(LogUnavailable);
});

test('a server that is discovered by gossip is found again when it has been away', async () => {
  const door = await TestDoor.start();
  opened.push({ close: () => door.stop() });
  // That the client should not throw at conflicts changes nothing.
  const options = 'tls=false&maxDiscoverAttempts=2&discoveryInterval=10&throwOnAppendFailure=false';
  const log = await open(`esdb+discover://127.0.0.1:${door.port}?${options}`);
  const { events } = await log.append('s', [newEvent({ id: ulid() })], 'no-stream');
  await expect(log.append('s', [newEvent({ id: ulid() })], 7)).rejects.toMatchObject({
    name: 'RevisionConflict',
    actual: 0,
  });
  await door.kill();
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await expect(log.append('s', [newEvent({ id: ulid() })], 0)).rejects.toThrow(LogUnavailable);
    await expect(log.head()).rejects.toThrow(LogUnavailable);
  }
  await door.restart();
  expect(await collect(log.readStream('s'))).toEqual(events);
  expect((await log.append('s', [newEvent({ id: ulid() })], 0)).revision).toBe(1);
});
