import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { add, aFewTurns, metadata, openActorBed, refusal, run, type ActorBed } from './actor-bed.js';
import { Counter } from './counter.js';

let bed: ActorBed;
beforeEach(async () => {
  bed = await openActorBed();
});
afterEach(() => bed.close());

describe('executing a command', () => {
  it('appends its events with their metadata and answers them and the state after them', async () => {
    const { state, events, position } = await run(
      bed.system({ newId: () => 'id' }),
      add(2, { times: 1 }),
      { causationId: 'cause' },
      'x',
    );
    expect(state).toEqual({ sum: 2, amounts: [2] });
    expect(await bed.log.all()).toEqual(events);
    expect(events).toEqual([
      {
        id: 'id',
        type: 'Added',
        version: 1,
        time: metadata.time,
        data: { amount: 2 },
        metadata: { correlationId: 'request', causationId: 'cause', userId: 'ada' },
        stream: 'counter-x',
        revision: 0,
        position: 0,
      },
    ]);
    expect(position).toBe(0);
  });

  it('that changes nothing appends nothing and has no position', async () => {
    expect(await run(bed.system(), add(0))).toEqual({
      state: Counter.initial,
      events: [],
      position: undefined,
    });
    expect(await bed.log.head()).toBe(-1);
  });

  it('that the aggregate refuses rejects with its refusal and is no fault', async () => {
    await expect(run(bed.system(), add(-1))).rejects.toEqual(refusal('VALIDATION_FAILED'));
    expect(bed.faults).toEqual([]);
  });

  it('decides on what the log holds from before', async () => {
    await run(bed.system(), add(5));
    expect((await run(bed.system(), add(1))).state.amounts).toEqual([5, 1]);
  });
});

describe('draining the mailbox', () => {
  it('appends the events of all waiting commands at once, and answers each with its own', async () => {
    const actors = bed.system();
    const release = bed.hold();
    const first = run(actors, add(1));
    await aFewTurns();
    const waiting = [add(2), add(3, { times: 2 }), add(0), add(4)].map(command => run(actors, command));
    await aFewTurns();
    release();
    await first;
    const answers = await Promise.all(waiting);
    expect(bed.log.appends).toEqual([1, 4]);
    expect(answers.map(({ state }) => state.sum)).toEqual([3, 9, 9, 13]);
    expect(answers.map(({ events }) => events.map(({ revision }) => revision))).toEqual([
      [1],
      [2, 3],
      [],
      [4],
    ]);
    expect(answers.map(({ position }) => position)).toEqual([1, 3, undefined, 4]);
  });

  it('sends of one turn of the event loop share one append', async () => {
    const actors = bed.system();
    await Promise.all([add(1), add(2), add(3)].map(command => run(actors, command)));
    expect(bed.log.appends).toEqual([3]);
  });

  it('keeps the order in which commands were sent', async () => {
    const actors = bed.system();
    const sent: Promise<unknown>[] = [];
    for (let amount = 1; amount <= 200; amount += 1) {
      sent.push(run(actors, add(amount)));
      if (amount % 7 === 0) await setTimeout(0);
    }
    await Promise.all(sent);
    const amounts = (await bed.log.all()).map(({ data }) => (data as { amount: number }).amount);
    expect(amounts).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  });

  it('refuses only the command that breaks a rule, on the state that the ones before it lead to', async () => {
    const actors = bed.system();
    const outcomes = await Promise.allSettled(
      [add(6, { limit: 10 }), add(6, { limit: 10 }), add(4, { limit: 10 })].map(command =>
        run(actors, command),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(bed.log.appends).toEqual([2]);
    expect(await actors.state(Counter, 'a')).toEqual({ sum: 10, amounts: [6, 4] });
  });

  it('answers a question for the state after the commands sent before it', async () => {
    const actors = bed.system();
    const [, state, later] = await Promise.all([
      run(actors, add(1)),
      actors.state(Counter, 'a'),
      run(actors, add(2)),
    ]);
    expect(state.sum).toBe(1);
    expect(later.state.sum).toBe(3);
  });

  it('does not hold up other streams', async () => {
    const actors = bed.system();
    const gate = Promise.withResolvers<void>();
    bed.log.around = async (append, stream) => {
      if (stream === 'counter-slow') await gate.promise;
      return append();
    };
    const slow = run(actors, add(1), {}, 'slow');
    expect((await run(actors, add(1), {}, 'quick')).state.sum).toBe(1);
    expect(bed.log.appends).toEqual([1]);
    gate.resolve();
    await slow;
  });
});

describe('a full mailbox', () => {
  it('refuses as overloaded, and takes commands again once drained', async () => {
    const actors = bed.system({ mailboxLimit: 2 });
    const release = bed.hold();
    const first = run(actors, add(1));
    await aFewTurns();
    const waiting = [run(actors, add(1)), run(actors, add(1))];
    await expect(run(actors, add(1))).rejects.toEqual(refusal('OVERLOADED'));
    release();
    await Promise.all([first, ...waiting]);
    expect((await run(actors, add(1))).state.sum).toBe(4);
  });
});

describe('a stream', () => {
  it('of many pages is read whole', async () => {
    await run(bed.system(), add(1, { times: 1234 }));
    expect((await bed.system().state(Counter, 'a')).sum).toBe(1234);
  });
});
