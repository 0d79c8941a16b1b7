import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { add, aFewTurns, openActorBed, refusal, run, type ActorBed } from './actor-bed.js';

let bed: ActorBed;
beforeEach(async () => {
  bed = await openActorBed();
});
afterEach(() => bed.close());

describe('closing', () => {
  it('executes what waits, then refuses', async () => {
    const actors = bed.system();
    const release = bed.hold();
    const sent = [run(actors, add(1)), run(actors, add(2))];
    const closed = actors.close();
    await expect(run(actors, add(3))).rejects.toEqual(refusal('UNAVAILABLE'));
    release();
    await closed;
    expect(await bed.log.all()).toHaveLength(2);
    expect((await Promise.all(sent)).map(({ state }) => state.sum)).toEqual([1, 3]);
  });
});

describe('actors in memory', () => {
  it('are dropped when idle for long enough, and read the log when needed again', async () => {
    let now = 0;
    const actors = bed.system({ idleMs: 20, clock: () => now });
    await run(actors, add(1));
    await setTimeout(40);
    expect(actors.size).toBe(1);
    now = 21;
    while (actors.size > 0) await setTimeout(5);
    expect((await run(actors, add(2))).state.amounts).toEqual([1, 2]);
  });

  it('are never dropped while busy', async () => {
    let now = 0;
    const actors = bed.system({ idleMs: 10, clock: () => (now += 1000) });
    const release = bed.hold();
    const sent = run(actors, add(1));
    await setTimeout(50);
    expect(actors.size).toBe(1);
    release();
    expect((await sent).state.sum).toBe(1);
  });

  it('are at most so many: the one idle for longest makes room', async () => {
    const actors = bed.system({ maxActors: 2 });
    for (const id of ['a', 'b', 'a', 'c']) {
      await run(actors, add(1), {}, id);
      await aFewTurns();
    }
    expect(actors.size).toBe(2);
    const reads: string[] = [];
    bed.log.beforeRead = stream => reads.push(stream);
    await run(actors, add(1), {}, 'a');
    expect(reads).toEqual([]);
    expect((await run(actors, add(1), {}, 'b')).state.sum).toBe(2);
    expect(reads).toEqual(['counter-b']);
  });

  it('when all are busy and there is no room, a command for another stream is refused as overloaded', async () => {
    const actors = bed.system({ maxActors: 1 });
    const release = bed.hold();
    const sent = run(actors, add(1), {}, 'a');
    await expect(run(actors, add(1), {}, 'b')).rejects.toEqual(refusal('OVERLOADED'));
    release();
    await sent;
    await aFewTurns();
    expect((await run(actors, add(1), {}, 'b')).state.sum).toBe(1);
  });
});
