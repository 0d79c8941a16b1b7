import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#libs/event-log';
import { applyEvents, ProjectionFailed, type Progress } from './apply-events.js';
import { createCheckpoints, readCheckpoint } from './checkpoints.js';
import { openTestBed, type TestBed } from './open-test-bed.js';

let bed: TestBed;
let events: readonly RecordedEvent[];
beforeEach(async () => {
  bed = await openTestBed();
  await createCheckpoints(bed.store.writer);
  events = await bed.append('s', ['A', {}], ['B', {}], ['A', {}], ['A', {}], ['C', {}]);
});
afterEach(() => bed.close());

interface Noting extends Progress {
  /** Positions that it was given. */
  readonly seen: number[];
}
const noting = (name: string, position: number, fails = false): Noting => {
  const seen: number[] = [];
  const apply = async (_tx: unknown, given: readonly RecordedEvent[]): Promise<void> => {
    if (fails) throw new Error('cannot');
    seen.push(...given.map(event => event.position));
  };
  const nothing = async (): Promise<void> => undefined;
  const projection = { name, version: 1, types: ['A'], up: nothing, down: nothing, apply };
  return { projection, types: new Set(['A']), position, seen };
};

it('a projection gets the events of its types beyond its own position, and comes to the last of all', async () => {
  const [behind, ahead] = [noting('behind', -1), noting('ahead', 2)];
  await applyEvents(bed.store.writer, [behind, ahead], events);
  expect([behind.seen, ahead.seen]).toEqual([[0, 2, 3], [3]]);
  for (const { position, projection } of [behind, ahead]) {
    expect([position, await readCheckpoint(bed.store.writer, projection)]).toEqual([4, 4]);
  }
});

it('a projection that is beyond all of them stays where it is', async () => {
  const beyond = noting('beyond', 9);
  await applyEvents(bed.store.writer, [beyond], events);
  expect([beyond.seen, beyond.position]).toEqual([[], 9]);
  expect(await readCheckpoint(bed.store.writer, beyond.projection)).toBeUndefined();
});

it('one that fails is named, and no checkpoint moves', async () => {
  const [good, bad] = [noting('good', -1), noting('bad', -1, true)];
  const failure = await applyEvents(bed.store.writer, [good, bad], events).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ProjectionFailed);
  expect((failure as ProjectionFailed<Noting>).projection).toBe(bad);
  expect([good.position, bad.position]).toEqual([-1, -1]);
  expect(await readCheckpoint(bed.store.writer, good.projection)).toBeUndefined();
});
