import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Redis } from 'ioredis';
import { connectRedis } from './connect-redis.js';
import { startRedis, type TestRedis } from './redis-for-tests.js';
import { WorkerRegistry } from './worker-registry.js';

describe('the registry of living workers', () => {
  let server: TestRedis;
  let redis: Redis;
  let registry: WorkerRegistry;
  const until = async (probe: () => Promise<boolean>): Promise<void> => {
    while (!(await probe())) await new Promise(resolve => setTimeout(resolve, 25));
  };

  beforeEach(async () => {
    server = await startRedis();
    redis = connectRedis(server.redisUrl);
    registry = new WorkerRegistry({ redis });
  });
  afterEach(async () => {
    redis.disconnect();
    await server.stop();
  });

  test('a registered worker is alive at once, until it stops', async () => {
    const registered = await registry.register('media', { id: 'm1', slot: '1' });
    expect(await registry.alive('media')).toEqual([{ id: 'm1', slot: '1' }]);
    expect(await registry.alive('recorder')).toEqual([]);
    await registered.stop();
    expect(await registry.alive('media')).toEqual([]);
  });

  test('workers of different slots are alive together, the newest first', async () => {
    const one = await registry.register('media', { id: 'm1', slot: '1' });
    await new Promise(resolve => setTimeout(resolve, 5));
    const two = await registry.register('media', { id: 'm2', slot: '2' });
    expect((await registry.alive('media')).map(worker => worker.id)).toEqual(['m2', 'm1']);
    await Promise.all([one.stop(), two.stop()]);
  });

  test('a newer process of a slot makes the older dead at once and for good, though the older still beats', async () => {
    const older = await registry.register('media', { id: 'old', slot: '1' });
    await new Promise(resolve => setTimeout(resolve, 5));
    const newer = await registry.register('media', { id: 'new', slot: '1' });
    for (let look = 0; look < 12; look++) {
      expect((await registry.alive('media')).map(worker => worker.id)).toEqual(['new']);
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    await older.stop();
    expect((await registry.alive('media')).map(worker => worker.id)).toEqual(['new']);
    await newer.stop();
  });

  test('a worker whose beats cease is dead', async () => {
    const other = connectRedis(server.redisUrl);
    const registered = await new WorkerRegistry({ redis: other }).register('media', { id: 'm1', slot: '1' });
    other.disconnect();
    await until(async () => (await registry.alive('media')).length === 0);
    await registered.stop();
  });

  test('a worker is alive again after Redis lost everything', async () => {
    const registered = await registry.register('media', { id: 'm1', slot: '1' });
    // Asked at once over the same connection, so that no beat comes in between.
    const [, alive] = await Promise.all([redis.flushall(), registry.alive('media')]);
    expect(alive).toEqual([]);
    await until(async () => (await registry.alive('media')).length === 1);
    await registered.stop();
  });
});
