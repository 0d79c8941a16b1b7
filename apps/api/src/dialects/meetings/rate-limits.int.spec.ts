import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GUARDS_METADATA, METHOD_METADATA, MODULE_METADATA } from '@nestjs/common/constants.js';
import { LIMIT_CATEGORIES } from '../../platform/rate-limits/limit-categories.js';
import { LimitedBy } from '../../platform/rate-limits/limited-by.js';
import { RateLimitGuard } from '../../platform/rate-limits/rate-limit-guard.js';
import type { Answer } from '../../testing/rest-client.js';
import { RunningApi } from '../../testing/running-api.js';
import { until } from '../../testing/until.js';
import { MeetingsDialectModule } from './meetings-dialect-module.js';

type Controller = new (...args: never[]) => object;
type Refused = { code: string; details: Record<string, unknown> };

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const standing = ({ headers }: Answer<unknown>): number[] =>
  ['limit', 'remaining', 'reset'].map(what => Number(headers.get(`x-ratelimit-${what}`) ?? NaN));

describe('the routes of the meetings dialect', () => {
  const controllers = Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, MeetingsDialectModule) as Controller[];
  const routes = controllers.flatMap(controller =>
    Object.entries(Object.getOwnPropertyDescriptors(controller.prototype))
      .filter(([, { value }]) => Reflect.hasMetadata(METHOD_METADATA, (value as object | undefined) ?? {}))
      .map(([name, { value }]) => [`${controller.name}.${name}`, controller, value as object] as const),
  );

  it.each(routes)('%s counts in a category', (_name, controller, handler) => {
    const categoryOf = (target: object) => Reflect.getMetadata(LimitedBy.KEY, target) as string | undefined;
    const category = categoryOf(handler) ?? categoryOf(controller);
    expect(Object.keys(LIMIT_CATEGORIES)).toContain(category);
    expect(Reflect.getMetadata(GUARDS_METADATA, controller)).toContain(RateLimitGuard);
  });
});

describe('rate limits of the meetings dialect', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await RunningApi.start();
  }, 90_000);
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  it.each([
    ['POST', 'start', 100],
    ['POST', 'end', 100],
    ['GET', 'status', 100],
    ['POST', 'recording/start', 100],
    ['POST', 'recording/stop', 100],
    ['POST', 'join', 1000],
    ['POST', 'leave', 1000],
    ['GET', 'participants', 1000],
    ['GET', 'waiting-room', 1000],
    ['POST', 'waiting-room/grace/admit', 1000],
    ['GET', 'chat', 1000],
    ['POST', 'chat', 60],
    ['PUT', 'participants/status', 120],
  ])('%s %s lets through as many as the document says: %i', async (method, path, limit) => {
    const rest = api.as(`${method} ${path}`);
    const answer = await rest.send(`/api/v1/meetings/01HXYZ123456789ABCDEFGHJKM/${path}`, { method });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(standing(answer).slice(0, 2)).toEqual([limit, limit - 1]);
  });

  it('every answer says how one stands: done, waiting, malformed, forbidden, not found', async () => {
    const rest = api.as('barbara');
    const [open, guarded] = [
      await api.meeting('ada'),
      await api.meeting('ada', { waiting_room_enabled: true }),
    ];
    const asked = [
      await rest.post(`/api/v1/meetings/${open}/join`, {}),
      await rest.post(`/api/v1/meetings/${guarded}/join`, {}),
      await rest.post(`/api/v1/meetings/${open}/join`, { device_type: 'toaster' }),
      await rest.get(`/api/v1/meetings/${open}/waiting-room`),
      await rest.get('/api/v1/meetings/01HXYZ123456789ABCDEFGHJKM/participants'),
    ];
    expect(asked.map(({ status }) => status)).toEqual([200, 202, 400, 403, 404]);
    expect(asked.map(answer => standing(answer)[1])).toEqual([999, 998, 997, 996, 995]);
    for (const answer of asked) {
      const [limit, , reset = 0] = standing(answer);
      expect(limit).toBe(1000);
      expect(Math.abs(reset - Date.now() / 1000 - 3600)).toBeLessThan(60);
    }
  });

  it('one too many is 429 as the document says, field by field, and changes nothing', async () => {
    const id = await api.meeting('host');
    const end = () => api.as('eve').post<Refused>(`/api/v1/meetings/${id}/end`);
    for (let n = 1; n <= 100; n++) expect(standing(await end()).slice(0, 2)).toEqual([100, 100 - n]);
    const answer = await end();
    expect(answer.status).toBe(429);
    expect(answer.body).toEqual({
      status: 'error',
      message: 'Rate limit exceeded',
      code: 'RATE_LIMIT_EXCEEDED',
      details: { limit: 100, window: 3600, reset_at: time, request_id: expect.any(String) },
      timestamp: time,
    });
    const [limit, remaining, reset = 0] = standing(answer);
    expect([limit, remaining]).toEqual([100, 0]);
    expect(Date.parse(answer.body.details.reset_at as string)).toBe(reset * 1000);
    expect(Math.abs(Number(answer.headers.get('retry-after')) - (reset - Date.now() / 1000))).toBeLessThan(
      60,
    );
    // Who is refused is refused before anything is decided: the same request of the host is done.
    expect((await api.as('host').post(`/api/v1/meetings/${id}/end`)).status).toBe(200);
    expect((await api.as('eve').get(`/api/v1/meetings/${id}/participants`)).status).not.toBe(429);
  });

  it('a request without a valid token is nobody: it is not counted', async () => {
    const answer = await api.withToken().get('/api/v1/meetings/01HXYZ123456789ABCDEFGHJKM/status');
    expect(answer.status).toBe(401);
    expect(standing(answer)).toEqual([NaN, NaN, NaN]);
  });

  it('Redis may go: requests are counted in this process, and in Redis again when it is back', async () => {
    const id = await api.meeting('barbara');
    const read = () => api.as('ken').get(`/api/v1/meetings/${id}/chat`);
    await api.redis.kill();
    try {
      for (let n = 1; n <= 20; n++) expect(standing(await read())[1]).toBe(1000 - n);
    } finally {
      await api.redis.start();
    }
    // What was counted here was not counted in Redis.
    await until('requests to be counted in Redis', async () => (standing(await read())[1] ?? 0) > 980);
  });

  describe('passwords', () => {
    const join = (id: string, userId: string, password?: string) =>
      api.as(userId).post<Refused>(`/api/v1/meetings/${id}/join`, { password });

    it('ten wrong ones a minute are all that anybody may try, one by one or at once; others are not concerned', async () => {
      const id = await api.meeting('ada', { password: 'open sesame' });
      const tries = await Promise.all(
        Array.from({ length: 30 }, (_, n) => join(id, 'mallory', `guess ${n}`)),
      );
      expect(tries.filter(({ body }) => body.code === 'INVALID_PASSWORD')).toHaveLength(10);
      const refused = await join(id, 'mallory', 'open sesame');
      expect(refused).toMatchObject({
        status: 429,
        body: { code: 'RATE_LIMIT_EXCEEDED', details: { limit: 10, window: 60, reset_at: time } },
      });
      const mallory = await api.connect('mallory');
      expect(await mallory.ask('join_meeting', { meeting_id: id, password: 'open sesame' })).toMatchObject({
        error: { code: 'RATE_LIMIT_EXCEEDED' },
      });
      expect((await join(id, 'grace', 'open sesame')).status).toBe(200);
    });

    it('none is no guess, and the right one clears the count', async () => {
      const id = await api.meeting('ada', { password: 'open sesame' });
      for (let n = 0; n < 12; n++) expect((await join(id, 'edsger')).body.code).toBe('INVALID_PASSWORD');
      for (let n = 0; n < 9; n++) expect((await join(id, 'edsger', 'x')).body.code).toBe('INVALID_PASSWORD');
      expect((await join(id, 'edsger', 'open sesame')).status).toBe(200);
      await api.as('edsger').post(`/api/v1/meetings/${id}/leave`);
      for (let n = 0; n < 10; n++) expect((await join(id, 'edsger', 'x')).body.code).toBe('INVALID_PASSWORD');
    });
  });
});

describe('where rate limits are off', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await RunningApi.start({ PARLEY_RATE_LIMITS: 'off' });
  }, 90_000);
  afterAll(() => api.stop());

  it('nobody is refused, and everybody has a whole window before them', async () => {
    for (let n = 0; n < 70; n++) {
      const answer = await api
        .as('ada')
        .post('/api/v1/meetings/01HXYZ123456789ABCDEFGHJKM/chat', { content: 'x' });
      expect(answer.status).toBe(404);
      expect(standing(answer).slice(0, 2)).toEqual([60, 60]);
    }
  });

  it('wrong passwords are limited all the same', async () => {
    const id = await api.meeting('ada', { password: 'open sesame' });
    const guess = () => api.as('eve').post(`/api/v1/meetings/${id}/join`, { password: 'x' });
    for (let n = 0; n < 10; n++) expect((await guess()).status).toBe(403);
    expect((await guess()).status).toBe(429);
  });
});
