import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { startRedis, type TestRedis } from '../../../../libs/work-queues/src/redis-for-tests.js';
import { ApiProcess } from '../testing/api-process.js';
import { RestClient } from '../testing/rest-client.js';
import { RunningApi } from '../testing/running-api.js';
import { until } from '../testing/until.js';
import { WebhookReceiver } from '../testing/webhook-receiver.js';

const SECRET = 'a secret of the server of 32 characters';
const SLOW = 120_000;

describe('an api that is killed', () => {
  let redis: TestRedis;
  let receiver: WebhookReceiver;
  let api: ApiProcess | undefined;
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-webhook-kill-'));

  const as = (userId: string, roles: string[] = []): RestClient => {
    const token = jwt.sign({ name: userId, roles }, SECRET, { subject: userId, expiresIn: '1h' });
    return new RestClient(api?.address ?? '', token);
  };
  const start = async (): Promise<void> => {
    api = await ApiProcess.start({
      PARLEY_DATA_DIR: dataDir,
      PARLEY_REDIS_URL: redis.redisUrl,
      PARLEY_JWT_SECRET: SECRET,
      PARLEY_WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
    });
  };
  const kill = async (): Promise<void> => api?.kill();
  const answer = (status: number | undefined): void => {
    receiver.answer = (_one, response) => {
      if (status !== undefined) response.writeHead(status).end();
    };
  };

  beforeAll(async () => {
    [redis, receiver] = await Promise.all([startRedis(), WebhookReceiver.start()]);
    await start();
  }, SLOW);
  afterAll(async () => {
    await kill();
    await redis.stop();
    await receiver.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it(
    'between an event and its delivery has lost nothing, and repeats carry the same id',
    async () => {
      const endpoint = { url: receiver.url, events: ['meeting.created', 'meeting.started', 'meeting.ended'] };
      expect((await as('root', ['admin']).post('/api/v1/webhooks', endpoint)).status).toBe(201);
      // Killed while the receiver has the first message and has not answered.
      answer(undefined);
      const created = await as('ada').post<{ meeting_id: string }>('/api/v1/meetings', { title: 'Standup' });
      const id = created.body.meeting_id;
      await as('ada').post(`/api/v1/meetings/${id}/start`);
      await until('the first message', () => receiver.received.length === 1);
      await kill();
      answer(204);
      await start();
      await until('what was cut off', () => receiver.events(id).length === 3);
      expect(receiver.events(id)).toEqual(['meeting.created', 'meeting.created', 'meeting.started']);
      const [first, again] = receiver.received;
      expect([again?.id, again?.body]).toEqual([first?.id, first?.body]);

      // Killed in the moment in which the event is durable, whatever is done with it by then.
      expect((await as('ada').post(`/api/v1/meetings/${id}/end`)).status).toBe(200);
      await kill();
      await start();
      await until('the end of the meeting', () => receiver.events(id).includes('meeting.ended'));
      const ends = receiver.received.filter(({ json }) => json.event === 'meeting.ended');
      expect(new Set(ends.map(one => one.id)).size).toBe(1);
    },
    SLOW,
  );
});

describe('without Redis', () => {
  it('for 20 seconds commands are answered and webhooks delivered, and what comes after its return as well', async () => {
    const receiver = await WebhookReceiver.start();
    const api = await RunningApi.start({
      PARLEY_WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
      PARLEY_WEBHOOK_URLS: receiver.url,
    });
    const gone = performance.now();
    await api.redis.kill();
    const meeting = async (): Promise<void> => {
      const id = await api.meeting('ada');
      expect((await api.as('grace').post(`/api/v1/meetings/${id}/join`, {})).status).toBe(200);
      expect((await api.as('ada').post(`/api/v1/meetings/${id}/end`)).status).toBe(200);
      await until('the end', () => receiver.events(id).includes('meeting.ended'));
      expect(receiver.events(id)).toEqual([
        'meeting.created',
        'meeting.started',
        'participant.joined',
        'participant.left',
        'meeting.ended',
      ]);
    };
    await meeting();
    await sleep(Math.max(0, gone + 20_000 - performance.now()));
    await meeting();
    await api.redis.start();
    await meeting();
    await api.stop();
    await receiver.stop();
  }, 90_000);
});
