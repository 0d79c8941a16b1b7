import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connectRedis } from '#libs/work-queues';
import { RunningApi } from '../../testing/running-api.js';

interface Guest {
  readonly access_token: string;
  readonly expires_in: number;
  readonly user: { readonly user_id: string; readonly display_name: string };
}
const PATH = '/api/v1/auth/guest';

describe('guests', () => {
  let api: RunningApi;
  beforeEach(async () => {
    api = await RunningApi.start();
  }, 90_000);
  afterEach(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  it('a name alone gives a token, each time of another guest, and it opens rooms and signalling', async () => {
    const ask = () => api.withToken().post<Guest>(PATH, { display_name: '  Ada Lovelace ' });
    const [one, other] = [await ask(), await ask()];
    expect(one.status).toBe(200);
    expect(one.body).toEqual({
      access_token: expect.any(String),
      expires_in: 12 * 3600,
      user: { user_id: expect.stringMatching(/^guest-[0-9A-Z]{26}$/), display_name: 'Ada Lovelace' },
    });
    expect(other.body.user.user_id).not.toBe(one.body.user.user_id);
    const room = await api.withToken(one.body.access_token).put('/api/v1/rooms/standup', {});
    expect(room.body).toMatchObject({ host_user_id: one.body.user.user_id });
  });

  it.each([
    ['no name', {}],
    ['a blank name', { display_name: '   ' }],
    ['a name of 101 characters', { display_name: 'x'.repeat(101) }],
    ['a name that is no text', { display_name: 5 }],
    ['a role', { display_name: 'Ada', roles: ['admin'] }],
  ])('refuses %s', async (_what, body) => {
    expect(await api.withToken().post(PATH, body)).toMatchObject({
      status: 400,
      body: { error: { code: 'VALIDATION_FAILED' } },
    });
  });

  it('a guest has no rights beyond their own meetings', async () => {
    const guest = await api.withToken().post<Guest>(PATH, { display_name: 'Ada' });
    const rest = api.withToken(guest.body.access_token);
    const meeting = await api.meeting('grace');
    expect((await rest.get(`/api/v1/meetings/${meeting}/events`)).status).toBe(403);
    expect((await rest.post('/api/v1/admin/read-models/rebuild')).status).toBe(403);
  });

  it('one address gets thirty at once, then 429 with Retry-After, whatever address it says it forwards for', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 30; n++)
      statuses.push((await api.withToken().post(PATH, { display_name: 'x' })).status);
    expect(new Set(statuses)).toEqual(new Set([200]));
    const { status, headers, body } = await api
      .withToken()
      .post(PATH, { display_name: 'x' }, { 'x-forwarded-for': '203.0.113.7', forwarded: 'for=203.0.113.7' });
    expect(status).toBe(429);
    expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(body).toMatchObject({
      error: {
        code: 'RATE_LIMIT_EXCEEDED',
        details: { limit: 30, window: 60, reset_at: expect.any(String) },
      },
    });
  });
});

describe('guests behind a trusted proxy', () => {
  let api: RunningApi;
  afterAll(() => api.stop());

  it('have a limit each, and none of them gets another one by naming addresses itself', async () => {
    api = await RunningApi.start({ PARLEY_TRUSTED_PROXIES: '127.0.0.1' });
    const ask = async (forwardedFor: string) =>
      (await api.withToken().post(PATH, { display_name: 'x' }, { 'x-forwarded-for': forwardedFor })).status;
    for (let n = 0; n < 30; n++) expect(await ask('203.0.113.7')).toBe(200);
    expect(await ask('203.0.113.7')).toBe(429);
    expect(await ask('198.51.100.1, 203.0.113.7')).toBe(429);
    expect(await ask('203.0.113.8')).toBe(200);
  });

  it('no address of theirs is told to Redis', async () => {
    const redis = connectRedis(api.config.redisUrl);
    const keys = await redis.keys('parley:limit:guests:*').finally(() => redis.disconnect());
    expect(keys).toHaveLength(2);
    expect(keys.join()).not.toMatch(/203\.0/);
  });
});

describe('where guests are off', () => {
  let api: RunningApi;
  afterAll(() => api.stop());

  it('a name alone gives nothing', async () => {
    api = await RunningApi.start({ PARLEY_GUESTS: 'off' });
    expect(await api.withToken().post(PATH, { display_name: 'Ada' })).toMatchObject({
      status: 403,
      body: { error: { code: 'INSUFFICIENT_PERMISSIONS' } },
    });
  });
});
