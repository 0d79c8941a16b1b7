import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connectRedis } from '#libs/work-queues';
import type { Redis } from 'ioredis';
import { startRedis, type TestRedis } from '../../../../../libs/work-queues/src/redis-for-tests.js';
import { until } from '../../testing/until.js';
import { firstAttempt, limitsConnection } from './limits-connection.js';
import { RateLimit } from './rate-limit.js';

const RULE = { requests: 3, seconds: 60 };

describe('a rate limit', () => {
  let server: TestRedis;
  const connections: Redis[] = [];
  beforeEach(async () => {
    server = await startRedis();
  }, 90_000);
  afterEach(async () => {
    for (const redis of connections.splice(0)) redis.disconnect();
    await server.stop();
  });

  /** What an api node has of its own. */
  const node = async (): Promise<{ main: Redis; own: Redis }> => {
    const main = connectRedis(server.redisUrl);
    const own = limitsConnection(main);
    connections.push(main, own);
    await firstAttempt(own);
    return { main, own };
  };
  const remaining = async (limit: RateLimit, asker = 'ada') => {
    const { exceeded, remaining: left } = await limit.count(asker);
    return exceeded ? 'exceeded' : left;
  };

  it('is shared by all nodes on one Redis', async () => {
    const one = new RateLimit((await node()).own, 'chat', RULE);
    const other = new RateLimit((await node()).own, 'chat', RULE);
    expect([await remaining(one), await remaining(other), await remaining(one)]).toEqual([2, 1, 0]);
    expect([await remaining(other), await remaining(one)]).toEqual(['exceeded', 'exceeded']);
  });

  it('is exact where nodes count at once', async () => {
    const rule = { requests: 50, seconds: 60 };
    const one = new RateLimit((await node()).own, 'chat', rule);
    const other = new RateLimit((await node()).own, 'chat', rule);
    const counted = await Promise.all(
      Array.from({ length: 200 }, (_, n) => (n % 2 ? one : other).count('ada')),
    );
    expect(counted.filter(({ exceeded }) => !exceeded)).toHaveLength(50);
  });

  it('is one for each asker and one for each name', async () => {
    const { own } = await node();
    const [chat, status] = [new RateLimit(own, 'chat', RULE), new RateLimit(own, 'status', RULE)];
    for (let n = 0; n < 4; n++) await chat.count('ada');
    expect(await remaining(chat)).toBe('exceeded');
    expect(await remaining(chat, 'grace')).toBe(2);
    expect(await remaining(status)).toBe(2);
  });

  it('says when the next window begins, in whole seconds, and the same throughout a window', async () => {
    const limit = new RateLimit((await node()).own, 'chat', RULE);
    const before = Date.now() / 1000;
    const first = await limit.count('ada');
    expect(first).toEqual({
      limit: 3,
      window: 60,
      remaining: 2,
      resetAt: expect.any(Number),
      exceeded: false,
    });
    expect(Number.isInteger(first.resetAt)).toBe(true);
    expect(first.resetAt).toBeGreaterThanOrEqual(Math.floor(before + 60));
    expect(first.resetAt).toBeLessThanOrEqual(Math.ceil(Date.now() / 1000 + 60));
    for (let n = 0; n < 4; n++) {
      expect(Math.abs((await limit.count('ada')).resetAt - first.resetAt)).toBeLessThanOrEqual(1);
    }
  });

  it('refuses what is too much with limit, window and time, and lets through again when the window is over', async () => {
    const limit = new RateLimit((await node()).own, 'chat', { requests: 1, seconds: 2 });
    const { resetAt } = await limit.take('ada');
    await expect(limit.take('ada')).rejects.toMatchObject({
      code: 'RATE_LIMIT_EXCEEDED',
      message: 'Rate limit exceeded',
      details: {
        limit: 1,
        window: 2,
        reset_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
      },
    });
    await until('the next window', async () => !(await limit.count('ada')).exceeded);
    expect(Date.now() / 1000).toBeGreaterThan(resetAt - 1);
  });

  it('leaves nothing in Redis: its key expires with the window', async () => {
    const { main, own } = await node();
    const limit = new RateLimit(own, 'chat', { requests: 3, seconds: 2 });
    await limit.count('ada');
    expect(await main.keys('*')).toEqual(['parley:limit:chat:ada']);
    expect(await main.pttl('parley:limit:chat:ada')).toBeGreaterThan(0);
    expect(await main.pttl('parley:limit:chat:ada')).toBeLessThanOrEqual(2000);
    await until('the key to expire', async () => (await main.keys('*')).length === 0);
  });

  it('takes back what it counted', async () => {
    const limit = new RateLimit((await node()).own, 'chat', RULE);
    for (let n = 0; n < 4; n++) await limit.count('ada');
    await limit.forget('ada');
    expect(await remaining(limit)).toBe(2);
  });

  it('that is off counts nothing and shows a whole window', async () => {
    const { main, own } = await node();
    const limit = new RateLimit(own, 'chat', RULE, false);
    for (let n = 0; n < 4; n++) expect(await remaining(limit)).toBe(3);
    expect(await main.keys('*')).toEqual([]);
  });

  describe('without Redis', () => {
    it('goes on in the memory of the process, and is shared again when Redis is back', async () => {
      const { own } = await node();
      const limit = new RateLimit(own, 'chat', RULE);
      expect(await remaining(limit)).toBe(2);
      await server.kill();
      expect([await remaining(limit), await remaining(limit), await remaining(limit)]).toEqual([2, 1, 0]);
      expect(await remaining(limit)).toBe('exceeded');
      expect(await remaining(limit, 'grace')).toBe(2);
      await server.start();
      await until('Redis to be back', () => own.status === 'ready');
      const other = new RateLimit((await node()).own, 'chat', RULE);
      await other.count('grace');
      expect(await remaining(limit, 'grace')).toBe(1);
    });

    it('answers what was on its way when Redis died', async () => {
      const { own } = await node();
      const limit = new RateLimit(own, 'chat', { requests: 1000, seconds: 60 });
      server.pause();
      const asked = Array.from({ length: 20 }, () => limit.count('ada'));
      await server.kill();
      expect((await Promise.all(asked)).every(({ exceeded }) => !exceeded)).toBe(true);
      await server.start();
      await until('Redis to be back', () => own.status === 'ready');
    });

    it('a Redis that holds the connection and says nothing is given up, once, until it answers', async () => {
      const { own } = await node();
      const limit = new RateLimit(own, 'chat', RULE);
      server.pause();
      expect(await remaining(limit)).toBe(2);
      expect(own.status).not.toBe('ready');
      expect([await remaining(limit), await remaining(limit)]).toEqual([1, 0]);
      server.resume();
      await until('Redis to be back', () => own.status === 'ready');
      expect(await remaining(limit, 'grace')).toBe(2);
      expect(await remaining(limit, 'grace')).toBe(1);
    });

    it('a node that starts without it counts alone until it comes', async () => {
      await server.kill();
      const { own } = await node();
      const limit = new RateLimit(own, 'chat', RULE);
      expect(await remaining(limit)).toBe(2);
      await server.start();
      await until('Redis to be back', () => own.status === 'ready');
      expect(await remaining(limit)).toBe(2);
    });
  });
});
