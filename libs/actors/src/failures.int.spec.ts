import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DomainError } from '#libs/domain';
import { LogUnavailable } from '#libs/event-log';
import { add, openActorBed, refusal, run, type ActorBed } from './actor-bed.js';
import { Counter } from './counter.js';

let bed: ActorBed;
beforeEach(async () => {
  bed = await openActorBed();
});
afterEach(() => bed.close());

describe('an unexpected throw', () => {
  it.each(['Break', 'Corrupt'] as const)(
    'answers the command with the error itself, is reported, and the others go on (%s)',
    async type => {
      const actors = bed.system();
      const outcomes = await Promise.allSettled([
        run(actors, add(1)),
        run(actors, { type }),
        run(actors, add(2)),
      ]);
      const error = (outcomes[1] as PromiseRejectedResult).reason as Error;
      expect(error).not.toBeInstanceOf(DomainError);
      expect(error.message).toMatch(/^a bug in /);
      expect(bed.faults).toEqual([[error, 'counter-a']]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect((await actors.state(Counter, 'a')).amounts).toEqual([1, 2]);
    },
  );

  it('restarts the actor from the log', async () => {
    const actors = bed.system();
    await run(actors, add(1));
    const reads: number[] = [];
    bed.log.beforeRead = (_stream, from) => reads.push(from);
    await expect(run(actors, { type: 'Break' })).rejects.toThrow('a bug in decide');
    await run(actors, add(1));
    expect(reads[0]).toBe(0);
  });

  it('while reading the log refuses what waits with the error, each time anew', async () => {
    const actors = bed.system();
    bed.log.beforeRead = () => {
      throw new RangeError('unreadable');
    };
    await expect(run(actors, add(1))).rejects.toThrow('unreadable');
    bed.log.beforeRead = () => undefined;
    expect((await run(actors, add(1))).state.sum).toBe(1);
    expect(bed.faults).toHaveLength(1);
  });
});

describe('an unreachable log', () => {
  it('gets the whole batch refused as unavailable, and the actor reads the log before the next', async () => {
    const actors = bed.system();
    await run(actors, add(1));
    // The append takes place and its answer is lost: the worst case.
    bed.log.around = async append => {
      await append();
      throw new LogUnavailable('connection lost');
    };
    const outcomes = await Promise.allSettled([run(actors, add(2)), run(actors, add(3))]);
    expect(outcomes).toEqual([
      { status: 'rejected', reason: refusal('UNAVAILABLE') },
      { status: 'rejected', reason: refusal('UNAVAILABLE') },
    ]);
    expect((outcomes[0] as PromiseRejectedResult).reason).toMatchObject({
      cause: { message: 'connection lost' },
    });
    bed.log.around = append => append();
    expect((await run(actors, add(4))).state.amounts).toEqual([1, 2, 3, 4]);
    expect(bed.faults).toEqual([]);
  });

  it('that is closed makes commands unavailable, to actors that know their stream and others', async () => {
    const actors = bed.system();
    await run(actors, add(1));
    await bed.log.close();
    for (const id of ['a', 'b']) {
      await expect(run(actors, add(1), {}, id)).rejects.toEqual(refusal('UNAVAILABLE'));
    }
  });

  it('does not double a command that is repeated with its idempotency key', async () => {
    const actors = bed.system();
    bed.log.around = async append => {
      await append();
      throw new LogUnavailable('connection lost');
    };
    const key = { idempotencyKey: 'k' };
    await expect(run(actors, add(2), key)).rejects.toEqual(refusal('UNAVAILABLE'));
    bed.log.around = append => append();
    expect((await run(actors, add(2), key)).state.amounts).toEqual([2]);
    expect(await bed.log.all()).toHaveLength(1);
  });
});

describe('a command whose event no log takes', () => {
  const text = 'x'.repeat(1_100_000);

  it('is refused alone, as too large', async () => {
    const actors = bed.system();
    const outcomes = await Promise.allSettled([
      run(actors, add(1)),
      run(actors, add(2, { note: text })),
      run(actors, add(3)),
    ]);
    expect(outcomes[1]).toEqual({ status: 'rejected', reason: refusal('PAYLOAD_TOO_LARGE') });
    expect((await actors.state(Counter, 'a')).amounts).toEqual([1, 3]);
    expect(bed.faults).toEqual([]);
  });

  it('is refused alone, as the fault that it is', async () => {
    const actors = bed.system();
    const outcomes = await Promise.allSettled([
      run(actors, add(1)),
      run(actors, add(2, { note: 1n })),
      run(actors, add(3)),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await actors.state(Counter, 'a')).amounts).toEqual([1, 3]);
    expect(bed.faults).toEqual([[expect.objectContaining({ name: 'InvalidAppend' }), 'counter-a']]);
  });
});
