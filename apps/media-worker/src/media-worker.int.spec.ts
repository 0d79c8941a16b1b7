import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { connectRedis, consumeFacts, mediaQueue, RequestClient, WorkerRegistry } from '#libs/work-queues';
import type { Fact, MediaOperations } from '#libs/work-queues';
import type { Redis } from 'ioredis';
import { pino } from 'pino';
import { startRedis, type TestRedis } from '../../../libs/work-queues/src/redis-for-tests.js';
import { MEDIA } from './media-for-tests.js';
import { startMediaWorker, type MediaWorker } from './media-worker.js';
import { vp8 } from './rtp-for-tests.js';

const meetingId = 'meeting-1';
const ann = { meetingId, participantId: 'ann', connectionId: 'ann-laptop' };

const isRunning = (processId: number): boolean => {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
};
const until = async (probe: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await probe())) await new Promise(resolve => setTimeout(resolve, 10));
};

describe('a media worker over real queues', () => {
  let server: TestRedis;
  let redis: Redis;
  let client: RequestClient;
  let registry: WorkerRegistry;
  let worker: MediaWorker;
  let died: Error[];
  const lines: string[] = [];

  const start = () =>
    startMediaWorker({
      config: { media: MEDIA, slot: '1', redisUrl: server.redisUrl },
      logger: pino({ level: 'debug' }, { write: line => void lines.push(line) }),
      onDied: error => died.push(error),
    });
  const ask = <K extends keyof MediaOperations>(name: K, request: MediaOperations[K]['request']) =>
    client.request<MediaOperations, K>(mediaQueue(worker.mediaWorkerId), name, request, {
      timeoutMs: 60_000,
    });

  beforeEach(async () => {
    server = await startRedis();
    redis = connectRedis(server.redisUrl);
    client = new RequestClient({ redis });
    registry = new WorkerRegistry({ redis });
    died = [];
    lines.length = 0;
    worker = await start();
  });
  afterEach(async () => {
    await worker.close();
    await client.close();
    redis.disconnect();
    await server.stop();
  });

  test('from its start it is alive, answers requests and told so in a fact', async () => {
    expect(await registry.alive('media')).toEqual([{ id: worker.mediaWorkerId, slot: '1' }]);
    const { rtpCapabilities } = await ask('router.open', { meetingId });
    expect(rtpCapabilities.codecs!.length).toBeGreaterThan(3);
    const facts: Fact[] = [];
    const consumer = await consumeFacts({
      redisUrl: server.redisUrl,
      handle: async fact => void facts.push(fact),
      onError: () => undefined,
    });
    await until(() => facts.length > 0);
    await consumer.close();
    expect(facts).toEqual([
      {
        factId: `media-worker-started-${worker.mediaWorkerId}`,
        type: 'MediaWorkerStarted',
        mediaWorkerId: worker.mediaWorkerId,
        slot: '1',
      },
    ]);
  });

  test('refusals of mediasoup and of ownership reach the asker as such', async () => {
    await ask('router.open', { meetingId });
    const { transportId } = await ask('transport.create', { ...ann, direction: 'send' });
    const wanted = { transportId, kind: 'video', source: 'camera', paused: false } as const;
    await expect(
      ask('producer.create', { ...ann, ...wanted, rtpParameters: { codecs: [] } }),
    ).rejects.toMatchObject({ code: 'MEDIA_FAILED', details: { reason: expect.any(String) } });
    await expect(
      ask('producer.create', { ...ann, ...wanted, participantId: 'bob', rtpParameters: vp8('0') }),
    ).rejects.toMatchObject({ code: 'TRANSPORT_NOT_FOUND' });
    expect(lines.filter(line => line.includes('"level":50'))).toEqual([]);
  });

  test('a closed producer is told in a fact, once, also when its device leaves', async () => {
    const closed: string[] = [];
    const consumer = await consumeFacts({
      redisUrl: server.redisUrl,
      handle: async fact => {
        if (fact.type === 'ProducerClosed')
          closed.push(`${fact.meetingId} ${fact.participantId} ${fact.producerId}`);
      },
      onError: () => undefined,
    });
    await ask('router.open', { meetingId });
    const { transportId } = await ask('transport.create', { ...ann, direction: 'send' });
    const wanted = { ...ann, transportId, kind: 'video', source: 'camera', paused: false } as const;
    const first = await ask('producer.create', { ...wanted, rtpParameters: vp8('0') });
    const second = await ask('producer.create', { ...wanted, rtpParameters: vp8('1') });
    await ask('producer.close', { meetingId, participantId: 'ann', producerId: first.producerId });
    await ask('connection.close', ann);
    await until(() => closed.length >= 2);
    await consumer.close();
    expect(closed).toEqual([first, second].map(({ producerId }) => `${meetingId} ann ${producerId}`));
  });

  test('stopping takes it off the list of the living and leaves no process', async () => {
    const { subprocessId } = worker;
    expect(isRunning(subprocessId)).toBe(true);
    await worker.close();
    expect(await registry.alive('media')).toEqual([]);
    expect(isRunning(subprocessId)).toBe(false);
    expect(died).toEqual([]);
  });

  test('when mediasoup’s process dies the worker is off the list of the living before it says so', async () => {
    process.kill(worker.subprocessId, 'SIGKILL');
    await until(() => died.length > 0);
    expect(await registry.alive('media')).toEqual([]);
  });

  test('each start is another media worker', async () => {
    const before = worker.mediaWorkerId;
    await worker.close();
    worker = await start();
    expect(worker.mediaWorkerId).not.toBe(before);
    expect(await registry.alive('media')).toEqual([{ id: worker.mediaWorkerId, slot: '1' }]);
  });
});
