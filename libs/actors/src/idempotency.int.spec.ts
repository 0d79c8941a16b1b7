import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Aggregate } from '#libs/domain';
import { ActorSystem } from './actor-system.js';
import type { CommandMetadata } from './command-metadata.js';
import { Counter, type CounterCommand, type CounterState } from './counter.js';
import type { Executed } from './executed.js';
import { InterposedEventLog } from './interposed-event-log.js';
import { isKeyedEventId, keyedEventId } from './keyed-event-id.js';

let log: InterposedEventLog;
beforeEach(async () => {
  log = await InterposedEventLog.open();
});
afterEach(() => log.remove());

const metadata: CommandMetadata = {
  correlationId: 'request',
  userId: 'ada',
  time: '2026-11-22T10:00:00.000Z',
  idempotencyKey: 'key',
};
const run = (
  actors: ActorSystem,
  command: CounterCommand,
  more: Partial<CommandMetadata> = {},
): Promise<Executed<CounterState>> => actors.execute(Counter, 'a', command, { ...metadata, ...more });
const add = (amount: number, times = 1): CounterCommand => ({ type: 'Add', amount, times });

describe('ids of events with an idempotency key', () => {
  const id = (stream: string, key: string, index: number, userId = 'ada', type = 'Add'): string =>
    keyedEventId(stream, { type }, { ...metadata, userId, idempotencyKey: key }, index);

  it('are ULIDs that no clock makes', () => {
    for (let index = 0; index < 100; index += 1) {
      expect(id('s', 'k', index)).toMatch(/^7[0-9A-HJKMNP-TV-Z]{25}$/);
      expect(isKeyedEventId(id('s', 'k', index))).toBe(true);
    }
    expect(isKeyedEventId('01KAMB2R8M9ZQ3V6X0T4C7D5EF')).toBe(false);
  });
  it('are the same for the same stream, user, type, key and place, and different for any other', () => {
    const ids = [
      id('s', 'k', 0),
      id('t', 'k', 0),
      id('s', 'l', 0),
      id('s', 'k', 1),
      id('s', 'k', 0, 'grace'),
      id('s', 'k', 0, 'ada', 'Break'),
    ];
    expect(id('s', 'k', 0)).toBe(ids[0]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('a command repeated with its idempotency key', () => {
  it('answers the earlier events and the state of now, and appends nothing', async () => {
    const actors = new ActorSystem({ log });
    const first = await run(actors, add(2, 3));
    await run(actors, add(5), { idempotencyKey: undefined });
    const again = await run(actors, add(2, 3), { correlationId: 'other', time: '2026-11-22T11:00:00.000Z' });
    expect(again.events).toEqual(first.events);
    expect(again.position).toBe(first.position);
    expect(again.state.sum).toBe(11);
    expect(log.appends).toEqual([3, 1]);
  });

  it.each([
    ['fewer', add(2, 1)],
    ['more', add(2, 5)],
    ['no', add(0)],
    ['only a refusal instead of', add(-1)],
  ])('is not decided again, when deciding would now give %s events', async (_what, second) => {
    const actors = new ActorSystem({ log });
    const first = await run(actors, add(2, 3));
    expect((await run(actors, second)).events).toEqual(first.events);
    expect(await log.all()).toHaveLength(3);
  });

  it('is found after a restart', async () => {
    const first = await run(new ActorSystem({ log }), add(2, 2));
    await log.reopen();
    expect((await run(new ActorSystem({ log }), add(9))).events).toEqual(first.events);
  });

  it('is found however long ago it was, in memory or in the log', async () => {
    const actors = new ActorSystem({ log });
    const first = await run(actors, add(1, 2), { idempotencyKey: 'first' });
    for (let index = 0; index < 1100; index += 100) {
      await Promise.all(
        Array.from({ length: 100 }, (_, place) =>
          run(actors, add(1), { idempotencyKey: `${index + place}` }),
        ),
      );
    }
    const reads: number[] = [];
    log.beforeRead = (_stream, from) => reads.push(from);
    expect((await run(actors, add(1, 2), { idempotencyKey: 'first' })).events).toEqual(first.events);
    expect((await run(actors, add(7), { idempotencyKey: 'new' })).events).toHaveLength(1);
    expect(await log.all()).toHaveLength(1103);
    expect(reads).not.toContain(3);
  });

  it('while the first is still waiting shares its answer', async () => {
    const actors = new ActorSystem({ log });
    let attempts = 0;
    log.around = append => (attempts++, append());
    const [first, twin] = await Promise.all([run(actors, add(2, 2)), run(actors, add(2, 2))]);
    expect(attempts).toBe(1);
    expect(twin.events).toEqual(first.events);
    expect(await log.all()).toHaveLength(2);
  });

  it('at two nodes at once is executed once', async () => {
    const nodes = [new ActorSystem({ log }), new ActorSystem({ log })];
    log.around = async append => {
      await setTimeout(1);
      return append();
    };
    for (let key = 0; key < 20; key += 1) {
      const answers = await Promise.all(
        nodes.map(node => run(node, add(1, 1 + (key % 3)), { idempotencyKey: `${key}` })),
      );
      expect(answers[0]!.events).toEqual(answers[1]!.events);
      expect(answers[0]!.events).toHaveLength(1 + (key % 3));
      const { length } = await log.all();
      expect(answers.map(({ state }) => state.sum)).toEqual([length, length]);
    }
  });

  it('at another node, among other events there, answers a state with all of them', async () => {
    const [here, there] = [new ActorSystem({ log }), new ActorSystem({ log })];
    await here.state(Counter, 'a');
    await run(there, add(10), { idempotencyKey: undefined });
    const first = await run(there, add(1));
    await run(there, add(100), { idempotencyKey: undefined });
    const again = await run(here, add(1));
    expect(again.events).toEqual(first.events);
    expect(again.state.amounts).toEqual([10, 1, 100]);
  });

  it('at another node that decides differently answers what stands in the log', async () => {
    const other: Aggregate<CounterState, CounterCommand, { type: 'Added'; data: { amount: number } }> = {
      ...Counter,
      decide: () => [{ type: 'Added', data: { amount: 100 } }],
      evolve: (state, event) => Counter.evolve(state, event),
    };
    const [here, there] = [new ActorSystem({ log }), new ActorSystem({ log })];
    await here.state(Counter, 'a');
    const first = await there.execute(other, 'a', add(1), metadata);
    const again = await run(here, add(1));
    expect(again.events).toEqual(first.events);
    expect(again.state).toEqual({ sum: 100, amounts: [100] });
  });

  it('that led to nothing the first time is decided anew', async () => {
    const actors = new ActorSystem({ log });
    await expect(run(actors, add(-1))).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    expect((await run(actors, add(0))).events).toEqual([]);
    expect((await run(actors, add(3))).state.sum).toBe(3);
  });

  it('by another user is another command', async () => {
    const actors = new ActorSystem({ log });
    await run(actors, add(1));
    expect((await run(actors, add(1), { userId: 'grace' })).state.sum).toBe(2);
  });
});
