import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  openSqliteEventLog,
  type EventLog,
  type ReadStreamOptions,
  type RecordedEvent,
} from '#libs/event-log';
import { ActorSystem } from './actor-system.js';
import { Counter, type Added, type CounterState } from './counter.js';
import type { Snapshot, SnapshotStore } from './snapshot-store.js';
import type { SnapshotsOptions } from './snapshots.js';
import { openSqliteSnapshotStore } from './sqlite-snapshot-store.js';

const metadata = { correlationId: 'request', userId: 'ada', time: '2026-11-22T10:00:00.000Z' };

let directory: string;
let file: string;
let log: EventLog;
let store: SnapshotStore;
let faults: unknown[];
/** First revisions asked of the log. */
let reads: number[];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'parley-snapshots-'));
  file = join(directory, 'snapshots.db');
  log = await openSqliteEventLog({ directory });
  store = openSqliteSnapshotStore({ file });
  faults = [];
  reads = [];
});
afterEach(async () => {
  await store.close();
  await log.close();
  rmSync(directory, { recursive: true });
});

const watched = (): EventLog => ({
  append: (...append) => log.append(...append),
  readStream: (stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent> => {
    reads.push(options?.from ?? 0);
    return log.readStream(stream, options);
  },
  readAll: options => log.readAll(options),
  tail: options => log.tail(options),
  head: () => log.head(),
  positionBefore: time => log.positionBefore(time),
  close: () => log.close(),
});
const systemWith = (snapshots: Partial<SnapshotsOptions> = {}): ActorSystem =>
  new ActorSystem({
    log: watched(),
    snapshots: { store, every: 10, ...snapshots },
    onFault: error => faults.push(error),
  });
const addTo = async (actors: ActorSystem, count: number): Promise<CounterState> => {
  let state = Counter.initial;
  for (let index = 0; index < count; index += 1) {
    ({ state } = await actors.execute(Counter, 'a', { type: 'Add', amount: 1 }, metadata));
  }
  return state;
};
/** A history of 25 events with a snapshot after 20. */
const history = async (): Promise<void> => {
  const actors = systemWith();
  await addTo(actors, 25);
  await actors.close();
  reads = [];
};
const sumAfterRestart = async (actors = systemWith()): Promise<number> => {
  const { sum } = await actors.state(Counter, 'a');
  await actors.close();
  return sum;
};
const changeRow = (sql: string): void => {
  const database = new DatabaseSync(file);
  expect(database.prepare(sql).run().changes).toBe(1);
  database.close();
};
const versionOf = (): string => {
  const database = new DatabaseSync(file);
  const row = database.prepare('SELECT version FROM snapshots').get();
  database.close();
  return String(row?.version);
};
const saved = (): Promise<Snapshot | undefined> => store.load('counter-a', versionOf());

describe('a snapshot', () => {
  it('is saved every so many events, and a restart reads only what came after it', async () => {
    await history();
    expect(await saved()).toMatchObject({ revision: 19, state: { sum: 20 } });
    expect(await sumAfterRestart()).toBe(25);
    expect(Math.min(...reads)).toBe(19);
  });

  it('is made of a long stream that never had one when it is read', async () => {
    const without = new ActorSystem({ log });
    await addTo(without, 15);
    expect(await sumAfterRestart()).toBe(15);
    expect(await saved()).toMatchObject({ revision: 14 });
  });

  it.each([
    ['is missing', 'DELETE FROM snapshots'],
    ['is no JSON', 'UPDATE snapshots SET state = \'{"sum":\''],
    ['was changed', `UPDATE snapshots SET state = '{"sum":1000,"amounts":[]}'`],
    ['claims another place', 'UPDATE snapshots SET revision = 3'],
  ])('that %s does not matter', async (_what, sql) => {
    await history();
    changeRow(sql);
    expect(await sumAfterRestart()).toBe(25);
    expect(reads[0]).toBe(0);
    expect(faults).toEqual([]);
  });

  it.each([
    ['beyond the end of the stream', 99, 'anything'],
    ['of another history of the stream', 19, 'another event'],
  ])('%s is not believed', async (_what, revision, eventId) => {
    await history();
    await store.save('counter-a', versionOf(), { revision, eventId, state: { sum: 1000, amounts: [] } });
    expect(await sumAfterRestart()).toBe(25);
  });

  it('of another version of the state is not used', async () => {
    await history();
    expect(await sumAfterRestart(systemWith({ versions: { counter: 2 } }))).toBe(25);
    expect(reads[0]).toBe(0);
  });

  it.each([
    ['without a field that the aggregate has now', { initial: { ...Counter.initial, added: 0 } }],
    [
      'from another evolve',
      { evolve: (state: CounterState, event: Added) => Counter.evolve(Counter.evolve(state, event), event) },
    ],
  ])('of a state %s is not used', async (_what, change) => {
    await history();
    const actors = systemWith();
    const { sum } = await actors.state({ ...Counter, ...change }, 'a');
    expect(sum).toBe('evolve' in change ? 50 : 25);
    expect(reads[0]).toBe(0);
    await actors.close();
  });

  it('that makes the aggregate fail while its stream is read is reported and left aside', async () => {
    await history();
    await store.save('counter-a', versionOf(), { ...(await saved())!, state: { sum: 1000 } });
    const actors = systemWith();
    expect((await addTo(actors, 1)).sum).toBe(26);
    expect(faults).toEqual([expect.objectContaining({ message: expect.stringContaining('not iterable') })]);
    await actors.close();
  });

  it('that makes the aggregate fail at a command is left aside when the actor restarts', async () => {
    const before = systemWith();
    await addTo(before, 10);
    await before.close();
    await store.save('counter-a', versionOf(), { ...(await saved())!, state: { sum: 1000 } });
    const actors = systemWith();
    await expect(addTo(actors, 1)).rejects.toThrow('not iterable');
    expect((await addTo(actors, 1)).sum).toBe(11);
    await actors.close();
  });

  it('that cannot be read or saved is reported and does not matter', async () => {
    await history();
    await store.close();
    const actors = systemWith();
    expect((await addTo(actors, 10)).sum).toBe(35);
    await actors.close();
    expect(faults.length).toBeGreaterThanOrEqual(2);
    store = openSqliteSnapshotStore({ file });
  });

  it('does not let a command that stands before it be executed again', async () => {
    const actors = systemWith();
    const keyed = { ...metadata, idempotencyKey: 'key' };
    const first = await actors.execute(Counter, 'a', { type: 'Add', amount: 5, times: 2 }, keyed);
    await addTo(actors, 20);
    await actors.close();
    const restarted = systemWith();
    reads = [];
    const again = await restarted.execute(Counter, 'a', { type: 'Add', amount: 5, times: 2 }, keyed);
    expect(again.events).toEqual(first.events);
    expect(again.state.sum).toBe(30);
    expect(reads[0]).toBeGreaterThan(0);
    await restarted.close();
  });
});

describe('a file of snapshots', () => {
  it('that is no database is begun anew', async () => {
    await history();
    await store.close();
    writeFileSync(file, 'this is no database, but long enough to be taken for one'.repeat(100));
    store = openSqliteSnapshotStore({ file });
    expect(await sumAfterRestart()).toBe(25);
    expect(await saved()).toMatchObject({ revision: 24 });
  });
});
