import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { DomainError } from '#libs/domain';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { connectRedis } from './connect-redis.js';
import { startRedis, type TestRedis } from './redis-for-tests.js';
import { RequestClient } from './request-client.js';
import { serveRequests, type RequestHandlers } from './serve-requests.js';

interface TestOperations {
  double: { request: { n: number }; result: { n: number } };
  refuse: { request: object; result: object };
  fault: { request: object; result: object };
  wait: { request: { ms: number }; result: object };
}

describe('requests and answers over a queue', () => {
  let server: TestRedis;
  let redis: Redis;
  let done: string[] = [];
  const closing: { close(): Promise<void> }[] = [];

  const handlers: RequestHandlers<TestOperations> = {
    double: async ({ n }) => {
      done.push(`double ${n}`);
      return { n: 2 * n };
    },
    refuse: async () => {
      throw new DomainError('TRANSPORT_NOT_FOUND', { transportId: 't1' }, 'No such transport');
    },
    fault: async () => {
      throw new Error('a secret of the inside');
    },
    wait: async ({ ms }) => {
      await sleep(ms);
      done.push('waited');
      return {};
    },
  };
  const serve = async (queue: string, onError: (error: Error) => void = () => undefined) => {
    const served = await serveRequests<TestOperations>({
      redisUrl: server.redisUrl,
      queue,
      handlers,
      onError,
    });
    closing.push(served);
    return served;
  };
  const client = (): RequestClient => {
    const made = new RequestClient({ redis });
    closing.push(made);
    return made;
  };
  /** For a question that is to be answered: on a busy machine 300 at once take longer than is usually waited. */
  const PATIENT = { timeoutMs: 60_000 };
  const keysOf = async (queue: string) =>
    (await redis.keys(`*:${queue}:*`)).map(key => key.split(':').at(-1)).sort();

  beforeAll(async () => {
    server = await startRedis();
    redis = connectRedis(server.redisUrl);
  });
  afterEach(async () => {
    await Promise.all(closing.splice(0).map(one => one.close()));
    done = [];
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  test('a request is answered with the handler’s result', async () => {
    await serve('q1');
    await expect(
      client().request<TestOperations, 'double'>('q1', 'double', { n: 21 }, PATIENT),
    ).resolves.toEqual({
      n: 42,
    });
  });

  test('each of many requests at once gets its own answer, also when several clients ask', async () => {
    await serve('q2');
    const clients = [client(), client()];
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, n) =>
        clients[n % 2]!.request<TestOperations, 'double'>('q2', 'double', { n }, PATIENT),
      ),
    );
    expect(answers.map(answer => answer.n)).toEqual(Array.from({ length: 300 }, (_, n) => 2 * n));
  });

  test('answered and refused requests leave no job behind', async () => {
    await serve('q3');
    const asking = client();
    await asking.request<TestOperations, 'double'>('q3', 'double', { n: 1 }, PATIENT);
    await expect(asking.request<TestOperations, 'refuse'>('q3', 'refuse', {}, PATIENT)).rejects.toThrow();
    expect((await keysOf('q3')).filter(key => !['events', 'id', 'meta', 'marker'].includes(key!))).toEqual(
      [],
    );
  });

  test('a refusal reaches the asker with its code, details and message', async () => {
    await serve('q4');
    const refused = await client()
      .request<TestOperations, 'refuse'>('q4', 'refuse', {}, PATIENT)
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DomainError);
    expect(refused).toMatchObject({
      code: 'TRANSPORT_NOT_FOUND',
      details: { transportId: 't1' },
      message: 'No such transport',
      status: 404,
    });
  });

  test('a fault reaches the asker as INTERNAL_ERROR without its text, and the worker’s log with it', async () => {
    const errors: string[] = [];
    await serve('q5', error => errors.push(error.message));
    const fault = await client()
      .request<TestOperations, 'fault'>('q5', 'fault', {}, PATIENT)
      .catch((error: DomainError) => error);
    expect(fault).toMatchObject({ code: 'INTERNAL_ERROR' });
    expect(JSON.stringify(fault)).not.toContain('secret');
    expect(errors).toEqual(['a secret of the inside']);
  });

  test('without a worker a request fails as MEDIA_UNAVAILABLE, and a worker that comes later does not do it', async () => {
    const asking = client();
    await expect(
      asking.request<TestOperations, 'double'>('q6', 'double', { n: 7 }, { timeoutMs: 60 }),
    ).rejects.toMatchObject({ code: 'MEDIA_UNAVAILABLE' });
    await serve('q6');
    await expect(
      asking.request<TestOperations, 'double'>('q6', 'double', { n: 8 }, PATIENT),
    ).resolves.toEqual({
      n: 16,
    });
    expect(done).toEqual(['double 8']);
  });

  test('a request whose deadline passed while it lay in the queue is refused by the server', async () => {
    // Written as a client would that died at once: nobody takes the job back.
    const { Queue } = await import('bullmq');
    const queue = new Queue('q7', { connection: redis });
    await queue.add('double', { deadline: Date.now() - 1, request: { n: 1 } });
    await serve('q7');
    await client().request<TestOperations, 'double'>('q7', 'double', { n: 2 }, PATIENT);
    expect(done).toEqual(['double 2']);
    await queue.close();
  });

  test('a slow answer that comes after the time limit is nobody’s', async () => {
    await serve('q8');
    const asking = client();
    await expect(
      asking.request<TestOperations, 'wait'>('q8', 'wait', { ms: 150 }, { timeoutMs: 50 }),
    ).rejects.toMatchObject({ code: 'MEDIA_UNAVAILABLE' });
    await expect(
      asking.request<TestOperations, 'double'>('q8', 'double', { n: 3 }, PATIENT),
    ).resolves.toEqual({
      n: 6,
    });
  });

  test('abandoning a dead worker’s queue fails what waits for it at once and deletes the queue', async () => {
    const asking = client();
    const waiting = asking.request<TestOperations, 'double'>('q9', 'double', { n: 1 }, { timeoutMs: 60_000 });
    const refused = expect(waiting).rejects.toMatchObject({ code: 'MEDIA_UNAVAILABLE' });
    await asking.abandon('q9');
    await refused;
    expect(await keysOf('q9')).toEqual([]);
  });

  test('a worker’s queue expires in Redis when the worker is gone', async () => {
    const served = await serve('q10');
    await client().request<TestOperations, 'double'>('q10', 'double', { n: 1 }, PATIENT);
    await served.close();
    expect(await redis.ttl('bull:q10:meta')).toBeGreaterThan(0);
  });

  test('after Redis crashed and came back, requests are answered again on the same connections', async () => {
    await serve('q11');
    const asking = client();
    await asking.request<TestOperations, 'double'>('q11', 'double', { n: 1 }, PATIENT);
    await server.kill();
    await expect(
      asking.request<TestOperations, 'double'>('q11', 'double', { n: 2 }, { timeoutMs: 50 }),
    ).rejects.toMatchObject({ code: 'MEDIA_UNAVAILABLE' });
    await server.start();
    await expect(
      asking.request<TestOperations, 'double'>('q11', 'double', { n: 3 }, PATIENT),
    ).resolves.toEqual({ n: 6 });
    expect(done).toEqual(['double 1', 'double 3']);
  });
});
