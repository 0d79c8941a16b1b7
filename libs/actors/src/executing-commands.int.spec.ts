import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DomainError } from '#libs/domain';
import { LogUnavailable, type AppendResult } from '#libs/event-log';
import { ActorSystem, type ActorSystemOptions } from './actor-system.js';
import type { CommandMetadata } from './command-metadata.js';
import { Counter, type CounterCommand, type CounterState } from './counter.js';
import type { Executed } from './executed.js';
import { InterposedEventLog } from './interposed-event-log.js';

let log: InterposedEventLog;
let faults: [unknown, string][];
const systems: ActorSystem[] = [];

const system = (options: Partial<ActorSystemOptions> = {}): ActorSystem => {
  const made = new ActorSystem({ log, onFault: (...fault) => faults.push(fault), ...options });
  systems.push(made);
  return made;
};
const metadata: CommandMetadata = {
  correlationId: 'request',
  userId: 'ada',
  time: '2026-11-22T10:00:00.000Z',
};
const run = (
  actors: ActorSystem,
  command: CounterCommand,
  more: Partial<CommandMetadata> = {},
  id = 'a',
): Promise<Executed<CounterState>> => actors.execute(Counter, id, command, { ...metadata, ...more });
const add = (amount: number, more: Partial<CounterCommand> = {}): CounterCommand =>
  ({ type: 'Add', amount, ...more }) as CounterCommand;
const refusal = (code: string): unknown => expect.objectContaining({ name: 'DomainError', code });
/** Keeps the log from finishing appends until told. */
const hold = (): (() => void) => {
  const gate = Promise.withResolvers<void>();
  log.around = async append => gate.promise.then(append);
  return gate.resolve;
};

beforeEach(async () => {
  log = await InterposedEventLog.open();
  faults = [];
});
afterEach(async () => {
  log.around = append => append();
  await Promise.all(systems.splice(0).map(made => made.close()));
  await log.remove();
});

describe('executing a command', () => {
  it('appends its events with their metadata and answers them and the state after them', async () => {
    const { state, events, position } = await run(
      system({ newId: () => 'id' }),
      add(2, { times: 1 }),
      { causationId: 'cause' },
      'x',
    );
    expect(state).toEqual({ sum: 2, amounts: [2] });
    expect(await log.all()).toEqual(events);
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
    expect(await run(system(), add(0))).toEqual({ state: Counter.initial, events: [], position: undefined });
    expect(await log.head()).toBe(-1);
  });

  it('that the aggregate refuses rejects with its refusal and is no fault', async () => {
    await expect(run(system(), add(-1))).rejects.toEqual(refusal('VALIDATION_FAILED'));
    expect(faults).toEqual([]);
  });

  it('decides on what the log holds from before', async () => {
    await run(system(), add(5));
    expect((await run(system(), add(1))).state.amounts).toEqual([5, 1]);
  });
});

describe('draining the mailbox', () => {
  it('appends the events of all waiting commands at once, and answers each with its own', async () => {
    const actors = system();
    const release = hold();
    const first = run(actors, add(1));
    await setTimeout(5);
    const waiting = [add(2), add(3, { times: 2 }), add(0), add(4)].map(command => run(actors, command));
    await setTimeout(5);
    release();
    await first;
    const answers = await Promise.all(waiting);
    expect(log.appends).toEqual([1, 4]);
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
    const actors = system();
    await Promise.all([add(1), add(2), add(3)].map(command => run(actors, command)));
    expect(log.appends).toEqual([3]);
  });

  it('keeps the order in which commands were sent', async () => {
    const actors = system();
    const sent: Promise<unknown>[] = [];
    for (let amount = 1; amount <= 200; amount += 1) {
      sent.push(run(actors, add(amount)));
      if (amount % 7 === 0) await setTimeout(0);
    }
    await Promise.all(sent);
    const amounts = (await log.all()).map(({ data }) => (data as { amount: number }).amount);
    expect(amounts).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  });

  it('refuses only the command that breaks a rule, on the state that the ones before it lead to', async () => {
    const actors = system();
    const outcomes = await Promise.allSettled(
      [add(6, { limit: 10 }), add(6, { limit: 10 }), add(4, { limit: 10 })].map(command =>
        run(actors, command),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(log.appends).toEqual([2]);
    expect(await actors.state(Counter, 'a')).toEqual({ sum: 10, amounts: [6, 4] });
  });

  it('answers a question for the state after the commands sent before it', async () => {
    const actors = system();
    const [, state, later] = await Promise.all([
      run(actors, add(1)),
      actors.state(Counter, 'a'),
      run(actors, add(2)),
    ]);
    expect(state.sum).toBe(1);
    expect(later.state.sum).toBe(3);
  });

  it('does not hold up other streams', async () => {
    const actors = system();
    const gate = Promise.withResolvers<void>();
    log.around = async (append, stream) => {
      if (stream === 'counter-slow') await gate.promise;
      return append();
    };
    const slow = run(actors, add(1), {}, 'slow');
    expect((await run(actors, add(1), {}, 'quick')).state.sum).toBe(1);
    expect(log.appends).toEqual([1]);
    gate.resolve();
    await slow;
  });
});

describe('a full mailbox', () => {
  it('refuses as overloaded, and takes commands again once drained', async () => {
    const actors = system({ mailboxLimit: 2 });
    const release = hold();
    const first = run(actors, add(1));
    await setTimeout(5);
    const waiting = [run(actors, add(1)), run(actors, add(1))];
    await expect(run(actors, add(1))).rejects.toEqual(refusal('OVERLOADED'));
    release();
    await Promise.all([first, ...waiting]);
    expect((await run(actors, add(1))).state.sum).toBe(4);
  });
});

describe('other writers on the same stream', () => {
  it('are caught up with, reading only what is new, and the command is decided again', async () => {
    const [here, there] = [system(), system()];
    await run(here, add(1));
    await run(there, add(2));
    const reads: number[] = [];
    log.beforeRead = (_stream, from) => reads.push(from);
    expect((await run(here, add(3))).state.amounts).toEqual([1, 2, 3]);
    expect(reads).toEqual([1]);
  });

  it('never make a refusal or an answer without events come from an old state', async () => {
    const [here, there] = [system(), system()];
    await run(here, add(1));
    await run(there, add(9));
    await expect(run(here, add(1, { limit: 10 }))).rejects.toEqual(refusal('MAX_PARTICIPANTS_REACHED'));
    await run(there, add(5));
    expect((await run(here, add(0))).state.sum).toBe(15);
    await run(there, add(5));
    expect((await here.state(Counter, 'a')).sum).toBe(20);
  });

  it('who never pause get the command refused as overloaded, not lost in a loop', async () => {
    const here = system();
    const there = system();
    await run(here, add(1));
    const elsewhere = async (append: () => Promise<AppendResult>): Promise<AppendResult> => {
      log.around = pass => pass();
      await run(there, add(1));
      log.around = elsewhere;
      return append();
    };
    log.around = elsewhere;
    await expect(run(here, add(1))).rejects.toEqual(refusal('OVERLOADED'));
    log.around = append => append();
    expect((await run(here, add(1))).events).toHaveLength(1);
  });
});

describe('an unexpected throw', () => {
  it.each(['Break', 'Corrupt'] as const)(
    'answers the command with the error itself, is reported, and the others go on (%s)',
    async type => {
      const actors = system();
      const outcomes = await Promise.allSettled([
        run(actors, add(1)),
        run(actors, { type }),
        run(actors, add(2)),
      ]);
      const error = (outcomes[1] as PromiseRejectedResult).reason as Error;
      expect(error).not.toBeInstanceOf(DomainError);
      expect(error.message).toMatch(/^a bug in /);
      expect(faults).toEqual([[error, 'counter-a']]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect((await actors.state(Counter, 'a')).amounts).toEqual([1, 2]);
    },
  );

  it('restarts the actor from the log', async () => {
    const actors = system();
    await run(actors, add(1));
    const reads: number[] = [];
    log.beforeRead = (_stream, from) => reads.push(from);
    await expect(run(actors, { type: 'Break' })).rejects.toThrow('a bug in decide');
    await run(actors, add(1));
    expect(reads[0]).toBe(0);
  });

  it('while reading the log refuses what waits with the error, each time anew', async () => {
    const actors = system();
    log.beforeRead = () => {
      throw new RangeError('unreadable');
    };
    await expect(run(actors, add(1))).rejects.toThrow('unreadable');
    log.beforeRead = () => undefined;
    expect((await run(actors, add(1))).state.sum).toBe(1);
    expect(faults).toHaveLength(1);
  });
});

describe('an unreachable log', () => {
  it('gets the whole batch refused as unavailable, and the actor reads the log before the next', async () => {
    const actors = system();
    await run(actors, add(1));
    // The append takes place and its answer is lost: the worst case.
    log.around = async append => {
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
    log.around = append => append();
    expect((await run(actors, add(4))).state.amounts).toEqual([1, 2, 3, 4]);
    expect(faults).toEqual([]);
  });

  it('that is closed makes commands unavailable, to actors that know their stream and others', async () => {
    const actors = system();
    await run(actors, add(1));
    await log.close();
    for (const id of ['a', 'b']) {
      await expect(run(actors, add(1), {}, id)).rejects.toEqual(refusal('UNAVAILABLE'));
    }
  });

  it('does not double a command that is repeated with its idempotency key', async () => {
    const actors = system();
    log.around = async append => {
      await append();
      throw new LogUnavailable('connection lost');
    };
    const key = { idempotencyKey: 'k' };
    await expect(run(actors, add(2), key)).rejects.toEqual(refusal('UNAVAILABLE'));
    log.around = append => append();
    expect((await run(actors, add(2), key)).state.amounts).toEqual([2]);
    expect(await log.all()).toHaveLength(1);
  });
});

describe('closing', () => {
  it('executes what waits, then refuses', async () => {
    const actors = system();
    const release = hold();
    const sent = [run(actors, add(1)), run(actors, add(2))];
    const closed = actors.close();
    await expect(run(actors, add(3))).rejects.toEqual(refusal('UNAVAILABLE'));
    release();
    await closed;
    expect(await log.all()).toHaveLength(2);
    expect((await Promise.all(sent)).map(({ state }) => state.sum)).toEqual([1, 3]);
  });
});

describe('actors in memory', () => {
  it('are dropped when idle for long enough, and read the log when needed again', async () => {
    let now = 0;
    const actors = system({ idleMs: 20, clock: () => now });
    await run(actors, add(1));
    await setTimeout(40);
    expect(actors.size).toBe(1);
    now = 21;
    await setTimeout(60);
    expect(actors.size).toBe(0);
    expect((await run(actors, add(2))).state.amounts).toEqual([1, 2]);
  });

  it('are never dropped while busy', async () => {
    let now = 0;
    const actors = system({ idleMs: 10, clock: () => (now += 1000) });
    const release = hold();
    const sent = run(actors, add(1));
    await setTimeout(50);
    expect(actors.size).toBe(1);
    release();
    expect((await sent).state.sum).toBe(1);
  });

  it('are at most so many: the one idle for longest makes room', async () => {
    const actors = system({ maxActors: 2 });
    for (const id of ['a', 'b', 'a', 'c']) {
      await run(actors, add(1), {}, id);
      await setTimeout(1);
    }
    expect(actors.size).toBe(2);
    const reads: string[] = [];
    log.beforeRead = stream => reads.push(stream);
    await run(actors, add(1), {}, 'a');
    expect(reads).toEqual([]);
    expect((await run(actors, add(1), {}, 'b')).state.sum).toBe(2);
    expect(reads).toEqual(['counter-b']);
  });

  it('when all are busy and there is no room, a command for another stream is refused as overloaded', async () => {
    const actors = system({ maxActors: 1 });
    const release = hold();
    const sent = run(actors, add(1), {}, 'a');
    await expect(run(actors, add(1), {}, 'b')).rejects.toEqual(refusal('OVERLOADED'));
    release();
    await sent;
    await setTimeout(1);
    expect((await run(actors, add(1), {}, 'b')).state.sum).toBe(1);
  });
});

describe('a stream', () => {
  it('of many pages is read whole', async () => {
    await run(system(), add(1, { times: 1234 }));
    expect((await system().state(Counter, 'a')).sum).toBe(1234);
  });
});

describe('a command whose event no log takes', () => {
  const text = 'x'.repeat(1_100_000);
  const named = (command: CounterCommand, more: object): CounterCommand => ({ ...command, ...more });

  it('is refused alone, as too large', async () => {
    const actors = system();
    const outcomes = await Promise.allSettled([
      run(actors, add(1)),
      run(actors, named(add(2), { note: text })),
      run(actors, add(3)),
    ]);
    expect(outcomes[1]).toEqual({ status: 'rejected', reason: refusal('PAYLOAD_TOO_LARGE') });
    expect((await actors.state(Counter, 'a')).amounts).toEqual([1, 3]);
    expect(faults).toEqual([]);
  });

  it('is refused alone, as the fault that it is', async () => {
    const actors = system();
    const outcomes = await Promise.allSettled([
      run(actors, add(1)),
      run(actors, named(add(2), { note: 1n })),
      run(actors, add(3)),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await actors.state(Counter, 'a')).amounts).toEqual([1, 3]);
    expect(faults).toEqual([[expect.objectContaining({ name: 'InvalidAppend' }), 'counter-a']]);
  });
});
