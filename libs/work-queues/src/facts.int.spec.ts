import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { connectRedis } from './connect-redis.js';
import { consumeFacts } from './consume-facts.js';
import { FactPublisher } from './fact-publisher.js';
import type { Fact } from './facts.js';
import { FACTS_QUEUE } from './queue-names.js';
import { startRedis, type TestRedis } from './redis-for-tests.js';

const fact = (factId: string): Fact => ({
  factId,
  type: 'MediaWorkerStarted',
  mediaWorkerId: factId,
  slot: '1',
});

describe('facts', () => {
  let server: TestRedis;
  let redis: Redis;
  let publisher: FactPublisher;
  const closing: { close(): Promise<void> }[] = [];

  /** Consumes until `count` facts were handled. */
  const consume = async (count: number, before: (fact: Fact) => void = () => undefined) => {
    const handled: string[] = [];
    const errors: string[] = [];
    let finish = (): void => undefined;
    const all = new Promise<void>(resolve => (finish = resolve));
    const consumer = await consumeFacts({
      redisUrl: server.redisUrl,
      handle: async one => {
        before(one);
        handled.push(one.factId);
        if (handled.length === count) finish();
      },
      onError: error => void errors.push(error.message),
    });
    closing.push(consumer);
    return { consumer, handled, errors, all };
  };

  beforeEach(async () => {
    server = await startRedis();
    redis = connectRedis(server.redisUrl);
    publisher = new FactPublisher({ redis });
  });
  afterEach(async () => {
    await Promise.all([publisher.close(), ...closing.splice(0).map(one => one.close())]);
    redis.disconnect();
    await server.stop();
  });

  test('facts are handled in the order of their arrival, also those published before anyone listened', async () => {
    const ids = Array.from({ length: 50 }, (_, n) => `fact-${n}`);
    for (const id of ids) await publisher.publish(fact(id));
    const { all, handled } = await consume(50);
    await all;
    expect(handled).toEqual(ids);
  });

  test('a fact published again with the same id is handled once', async () => {
    const { all, handled } = await consume(2);
    await publisher.publish(fact('a'));
    await publisher.publish(fact('a'));
    await publisher.publish(fact('b'));
    await all;
    expect(handled).toEqual(['a', 'b']);
  });

  test('a fact whose handling fails is tried again before the next one is handled', async () => {
    await publisher.publish(fact('a'));
    await publisher.publish(fact('b'));
    let failures = 2;
    const { all, handled, errors } = await consume(2, one => {
      if (one.factId === 'a' && failures-- > 0) throw new Error('not now');
    });
    await all;
    expect(handled).toEqual(['a', 'b']);
    expect(errors).toEqual(['not now', 'not now']);
  });

  test('a fact that fails for long steps aside for the others and is handled later', async () => {
    await publisher.publish(fact('a'));
    await publisher.publish(fact('b'));
    let failures = 8;
    const { all, handled } = await consume(2, one => {
      if (one.factId === 'a' && failures-- > 0) throw new Error('not now');
    });
    await all;
    expect(handled).toEqual(['b', 'a']);
  });

  test('a consumer that stops in the middle of failures leaves the fact to the next one', async () => {
    const first = await consume(1, () => {
      throw new Error('shutting down');
    });
    await publisher.publish(fact('a'));
    while (first.errors.length === 0) await new Promise(resolve => setTimeout(resolve, 5));
    await first.consumer.close();
    const second = await consume(1);
    await second.all;
    expect(second.handled).toEqual(['a']);
  });

  test('a fact in the hands of a consumer that was killed is handled by the next one', async () => {
    await publisher.publish(fact('a'));
    // What a killed process leaves: the fact taken, under a lock that nobody renews.
    const killed = new Worker(FACTS_QUEUE, null, { connection: redis, lockDuration: 1000 });
    expect((await killed.getNextJob('killed'))?.id).toBe('a');
    await killed.close(true);
    const { all, handled } = await consume(1);
    await all;
    expect(handled).toEqual(['a']);
  });

  test('facts survive a crash of Redis: those it had, and those published while it was away', async () => {
    await publisher.publish(fact('before'));
    await server.kill();
    const published = publisher.publish(fact('while away'));
    await server.start();
    await published;
    const { all, handled } = await consume(2);
    await all;
    expect(handled).toEqual(['before', 'while away']);
  });
});
