import { readdirSync, readFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { add, aFewTurns, openActorBed, run, type ActorBed } from './actor-bed.js';
import type { ActorSystem } from './actor-system.js';
import type { SnapshotStore } from './snapshot-store.js';
import { openSqliteSnapshotStore } from './sqlite-snapshot-store.js';

let bed: ActorBed;
let directory: string;
let file: string;
let store: SnapshotStore;
/** Streams read from their beginning. */
let reads: string[];
beforeEach(async () => {
  bed = await openActorBed();
  directory = mkdtempSync(join(tmpdir(), 'parley-forgetting-'));
  file = join(directory, 'snapshots.db');
  store = openSqliteSnapshotStore({ file });
  reads = [];
  bed.log.beforeRead = (stream, from) => void (from === 0 && reads.push(stream));
});
afterEach(async () => {
  await bed.close();
  await store.close();
  rmSync(directory, { recursive: true });
});
const system = (): ActorSystem => bed.system({ snapshots: { store, every: 2 } });
const inFiles = (text: string): string[] =>
  readdirSync(directory).filter(name => readFileSync(join(directory, name)).includes(text));
/** A number that is nowhere by chance, as it stands in snapshots. */
const TRACE = 7_391_846_205;

describe('an actor system that forgets', () => {
  it('has idle actors read the log again', async () => {
    const actors = bed.system();
    await run(actors, add(1));
    await run(actors, add(1), {}, 'b');
    await aFewTurns();
    await actors.forget('e1');
    expect(actors.size).toBe(0);
    reads = [];
    expect((await run(actors, add(2))).state.sum).toBe(3);
    expect(reads).toEqual(['counter-a']);
  });

  it('has a busy actor finish what it is at, and then read the log again, also when it was never idle', async () => {
    const actors = bed.system();
    await run(actors, add(1));
    reads = [];
    const release = bed.hold();
    const first = run(actors, add(2));
    await aFewTurns();
    const second = run(actors, add(3));
    await actors.forget('e1');
    release();
    expect((await first).state.sum).toBe(3);
    expect((await second).state.sum).toBe(6);
    await run(actors, add(1));
    expect(reads).toEqual(['counter-a']);
  });

  it('saves no snapshot of what a busy actor knew', async () => {
    const actors = system();
    await run(actors, add(TRACE));
    const release = bed.hold();
    const second = run(actors, add(1));
    await aFewTurns();
    await actors.forget('e1');
    release();
    await second;
    await actors.close();
    expect(inFiles(String(TRACE))).toEqual([]);
  });

  it('saves no snapshot that was about to be saved', async () => {
    const actors = system();
    await run(actors, add(TRACE));
    await run(actors, add(1));
    await actors.forget('e1');
    await actors.close();
    expect(inFiles(String(TRACE))).toEqual([]);
  });

  it('leaves nothing of earlier snapshots in their files', async () => {
    const actors = system();
    for (const id of ['a', 'b', 'c']) {
      for (let n = 0; n < 40; n += 1) await run(actors, add(TRACE), {}, id);
    }
    await aFewTurns();
    expect(inFiles(String(TRACE))).not.toEqual([]);
    await actors.forget('e1');
    expect(inFiles(String(TRACE))).toEqual([]);
  });

  it('saves snapshots again of what it has read since', async () => {
    const actors = system();
    for (let n = 0; n < 4; n += 1) await run(actors, add(1));
    await actors.forget('e1');
    for (let n = 0; n < 4; n += 1) await run(actors, add(1));
    await actors.close();
    reads = [];
    expect((await run(system(), add(1))).state.sum).toBe(9);
    expect(reads).toEqual([]);
  });
});

describe('a file of snapshots', () => {
  const fill = async (): Promise<void> => {
    const actors = system();
    for (let n = 0; n < 40; n += 1) await run(actors, add(TRACE));
    await actors.close();
    await store.close();
  };

  it('of the same era is kept', async () => {
    await fill();
    store = openSqliteSnapshotStore({ file });
    expect(inFiles(String(TRACE))).not.toEqual([]);
    await store.clear('e1');
    await fill();
    store = openSqliteSnapshotStore({ file, era: 'e1' });
    expect(inFiles(String(TRACE))).not.toEqual([]);
  });

  it('that a process which died did not clear any more is cleared when it is opened', async () => {
    await fill();
    store = openSqliteSnapshotStore({ file, era: 'e1' });
    expect(inFiles(String(TRACE))).toEqual([]);
  });
});
