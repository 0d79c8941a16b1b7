import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { PlayedWorker } from '../testing/played-workers.js';
import { RunningApi } from '../testing/running-api.js';
import { until } from '../testing/until.js';

jest.setTimeout(60_000);

/** Whether it could be done; the api's own writes may be in the way for a moment. */
const ran = (work: () => void): boolean => {
  try {
    work();
    return true;
  } catch (error) {
    if (/locked|busy/.test(String(error))) return false;
    throw error;
  }
};

describe('what operators ask', () => {
  let api: RunningApi;
  beforeAll(async () => {
    // What it waits for it asks for again and again.
    api = await RunningApi.start({ PARLEY_RATE_LIMITS: 'off' });
  });
  afterAll(async () => {
    await api.stop();
  });

  const health = () => api.withToken().get<{ services: Record<string, string> }>('/health');

  it('/health is 503 with the state of each part until all are there, then 200, then 503 again', async () => {
    const healthy = { event_log: 'healthy', redis: 'healthy', read_models: 'healthy' };
    const lonely = await health();
    expect(lonely.status).toBe(503);
    expect(lonely.headers.get('cache-control')).toBe('no-store');
    expect(lonely.body).toEqual({
      status: 'unhealthy',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      services: { ...healthy, media_worker: 'unhealthy', recorder: 'unhealthy' },
    });
    const media = await PlayedWorker.media(api.redis.redisUrl);
    await until(
      'the media worker is known',
      async () => (await health()).body.services.media_worker === 'healthy',
    );
    expect((await health()).status).toBe(503);
    const recorder = await PlayedWorker.recorder(api.redis.redisUrl);
    await until('all are there', async () => (await health()).status === 200);
    expect((await health()).body).toMatchObject({
      status: 'healthy',
      services: { ...healthy, media_worker: 'healthy', recorder: 'healthy' },
    });
    await Promise.all([media.stop(), recorder.stop()]);
    await until('they are missed', async () => (await health()).status === 503);
  });

  it('/metrics shows what was done, in the text format of Prometheus', async () => {
    await api.meeting('ada');
    const { status, headers, body } = await api.withToken().get<string>('/metrics');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(body)?.[1]);
    expect(value('parley_commands_total\\{command="CreateMeeting"\\}')).toBeGreaterThanOrEqual(1);
    expect(value('parley_projection_lag_events')).toBe(0);
    expect(body).toMatch(
      /^parley_http_request_duration_seconds_count\{method="POST",route="\/api\/v1\/meetings",status="201"\} [1-9]/m,
    );
    expect(body).toMatch(/^# TYPE parley_signalling_sockets gauge$/m);
    expect(body).toMatch(/^parley_process_resident_memory_bytes [1-9]/m);
  });

  it('addresses that people make up do not make metrics of their own', async () => {
    for (const path of ['/made-up-1', '/made-up-2', '/api/v1/meetings/made-up-3'])
      await api.as('ada').get(path);
    expect((await api.withToken().get<string>('/metrics')).body).not.toContain('made-up');
  });

  it('open signalling connections are counted', async () => {
    const count = async () =>
      Number(
        /^parley_signalling_sockets (\d+)$/m.exec((await api.withToken().get<string>('/metrics')).body)?.[1],
      );
    const before = await count();
    const client = await api.connect('ada');
    expect(await count()).toBe(before + 1);
    await client.close();
    await until('it is gone', async () => (await count()) === before);
  });

  it('a read model that cannot be written is unhealthy, and stops nothing else; it catches up once it can', async () => {
    const id = await api.meeting('ada');
    const file = new DatabaseSync(join(api.config.dataDir, 'read-models.db'));
    const alter = (sql: string) => until('the file is free', () => ran(() => file.exec(sql)));
    await alter(
      "CREATE TRIGGER broken BEFORE INSERT ON participants BEGIN SELECT RAISE(FAIL, 'no space left'); END",
    );
    try {
      expect((await api.as('ada').post(`/api/v1/meetings/${id}/join`, {})).status).toBe(200);
      await until('it is noticed', async () => (await health()).body.services.read_models === 'unhealthy');
    } finally {
      await alter('DROP TRIGGER broken');
      file.close();
    }
    await until('it is well again', async () => (await health()).body.services.read_models === 'healthy');
    const { body } = await api.as('ada').get<{ data: unknown[] }>(`/api/v1/meetings/${id}/participants`);
    expect(body.data).toHaveLength(1);
  });

  it('while a read model cannot be written the api still stops', async () => {
    const id = await api.meeting('ada');
    const file = new DatabaseSync(join(api.config.dataDir, 'read-models.db'));
    const alter = (sql: string) => until('the file is free', () => ran(() => file.exec(sql)));
    await alter(
      "CREATE TRIGGER broken BEFORE INSERT ON participants BEGIN SELECT RAISE(FAIL, 'no space left'); END",
    );
    await api.as('ada').post(`/api/v1/meetings/${id}/join`, {});
    await api.close();
    await alter('DROP TRIGGER broken');
    file.close();
    await api.open();
    await until('it caught up', async () => {
      const { body } = await api.as('ada').get<{ data: unknown[] }>(`/api/v1/meetings/${id}/participants`);
      return body.data.length === 1;
    });
  });

  it('without Redis /health says so, meetings and chat go on, and the api stops in an orderly way', async () => {
    const id = await api.meeting('ada');
    await api.redis.stop();
    const sick = await until('it is noticed', async () => {
      const answer = await health();
      return answer.body.services.redis === 'unhealthy' && answer;
    });
    expect(sick.status).toBe(503);
    expect((await api.as('ada').post(`/api/v1/meetings/${id}/join`, {})).status).toBe(200);
    expect((await api.as('ada').post(`/api/v1/meetings/${id}/chat`, { content: 'still here' })).status).toBe(
      200,
    );
    await api.close();
  });
});
