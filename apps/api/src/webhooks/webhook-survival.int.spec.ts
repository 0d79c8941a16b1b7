import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { startRedis, type TestRedis } from '../../../../libs/work-queues/src/redis-for-tests.js';
import { RestClient } from '../testing/rest-client.js';
import { RunningApi } from '../testing/running-api.js';
import { until } from '../testing/until.js';
import { WebhookReceiver } from '../testing/webhook-receiver.js';

const LOADER = new URL('../../../../libs/event-log/test/typescript-sources.mjs', import.meta.url).href;
const MAIN = new URL('../main.ts', import.meta.url).pathname;
const SECRET = 'a secret of the server of 32 characters';
const SLOW = 120_000;

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

describe('an api that is killed', () => {
  let redis: TestRedis;
  let receiver: WebhookReceiver;
  let child: ChildProcess | undefined;
  let port: number;
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-webhook-kill-'));

  const as = (userId: string, roles: string[] = []): RestClient => {
    const token = jwt.sign({ name: userId, roles }, SECRET, { subject: userId, expiresIn: '1h' });
    return new RestClient(`http://127.0.0.1:${port}`, token);
  };
  const start = async (): Promise<void> => {
    child = spawn(process.execPath, ['--conditions=source', '--import', LOADER, MAIN], {
      env: {
        PATH: process.env.PATH,
        PORT: String(port),
        PARLEY_DATA_DIR: dataDir,
        PARLEY_REDIS_URL: redis.redisUrl,
        PARLEY_JWT_SECRET: SECRET,
        PARLEY_LOG_LEVEL: 'error',
        PARLEY_WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    await until(
      'the api',
      async () => {
        const [asked] = await Promise.allSettled([as('ada').get('/api/v1/recordings')]);
        return asked.status === 'fulfilled' && asked.value.status === 200;
      },
      60_000,
    );
  };
  const kill = async (): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  const answer = (status: number | undefined): void => {
    receiver.answer = (_one, response) => {
      if (status !== undefined) response.writeHead(status).end();
    };
  };

  beforeAll(async () => {
    [redis, receiver, port] = await Promise.all([startRedis(), WebhookReceiver.start(), freePort()]);
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
  it('webhooks are delivered all the same', async () => {
    const receiver = await WebhookReceiver.start();
    const api = await RunningApi.start({
      PARLEY_WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
      PARLEY_WEBHOOK_URLS: receiver.url,
    });
    await api.redis.kill();
    const id = await api.meeting('ada');
    await api.as('ada').post(`/api/v1/meetings/${id}/end`);
    await until('the end', () => receiver.events(id).includes('meeting.ended'));
    expect(receiver.events(id)).toEqual(['meeting.created', 'meeting.started', 'meeting.ended']);
    await api.redis.start();
    await api.stop();
    await receiver.stop();
  }, 60_000);
});
