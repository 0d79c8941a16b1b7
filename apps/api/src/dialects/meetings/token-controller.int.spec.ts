import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TokenVerifier } from 'livekit-server-sdk';
import type { Answer } from '../../testing/rest-client.js';
import { RunningApi } from '../../testing/running-api.js';

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const KEY = 'APIparley';
const SECRET = 'a secret that is long enough for HS256';
const ALL_SOURCES = ['microphone', 'camera', 'screen_share', 'screen_share_audio'];

interface Body {
  readonly code?: string;
  readonly details?: Record<string, unknown>;
  readonly data?: { readonly token: string; readonly user_id: string; readonly user_name: string };
}

describe('the meetings dialect: LiveKit tokens', () => {
  let api: RunningApi;
  let id: string;
  beforeAll(async () => {
    api = await RunningApi.start({
      PARLEY_RATE_LIMITS: 'off',
      PARLEY_LIVEKIT_URL: 'wss://livekit.example.com',
      PARLEY_LIVEKIT_API_KEY: KEY,
      PARLEY_LIVEKIT_API_SECRET: SECRET,
    });
  }, 90_000);
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });
  beforeEach(async () => {
    id = await api.meeting('ada');
    for (const userId of ['ada', 'grace']) await join(userId);
  });

  const join = (userId: string) =>
    api.as(userId, { name: userId.toUpperCase() }).post(`/api/v1/meetings/${id}/join`, {});
  const ask = (userId: string, body: unknown = {}, claims = {}): Promise<Answer<Body>> =>
    api.as(userId, { name: userId.toUpperCase(), ...claims }).post(`/api/v1/meetings/${id}/token`, body);
  const role = (userId: string, to: string) =>
    api.as('ada').put(`/api/v1/meetings/${id}/participants/${userId}/role`, { role: to });
  const policy = (body: object) => api.as('ada').post(`/api/v1/meetings/${id}/security/policy`, body);
  const verified = async (userId: string, body: unknown = {}) => {
    const { body: answer } = await ask(userId, body);
    return new TokenVerifier(KEY, SECRET).verify(answer.data?.token ?? '');
  };
  const grants = async (userId: string) => (await verified(userId)).video;
  const refused = (status: number, code: string) => ({ status, body: { status: 'error', code } });

  it('answers the request of the document field by field', async () => {
    const { status, body } = await ask('grace', { user_id: 'grace', user_name: 'John Doe' });
    expect(status).toBe(200);
    expect(body).toEqual({
      status: 'success',
      message: 'LiveKit token generated successfully',
      data: {
        token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        meeting_id: id,
        user_id: 'grace',
        user_name: 'John Doe',
        is_host: false,
        livekit_url: 'wss://livekit.example.com',
      },
      timestamp: time,
    });
  });

  it("LiveKit's own SDK verifies it: who, in which room, as what, for some minutes; no other key does", async () => {
    const claims = await verified('grace');
    expect(claims).toMatchObject({
      iss: KEY,
      sub: 'grace',
      name: 'GRACE',
      metadata: '{"role":"attendee"}',
      video: { room: id, roomJoin: true },
    });
    // Two looks at the clock, between which a second may begin.
    expect(Math.abs(Number(claims.exp) - Number(claims.nbf) - 600)).toBeLessThanOrEqual(1);
    const { token } = (await ask('grace')).body.data!;
    await expect(new TokenVerifier(KEY, 'another').verify(token)).rejects.toThrow();
  });

  it.each<[string, object]>([
    ['host', { roomAdmin: true, canPublish: true, canPublishSources: ALL_SOURCES }],
    ['co-host', { roomAdmin: true, canPublish: true, canPublishSources: ALL_SOURCES }],
    ['attendee', { roomAdmin: false, canPublish: true, canPublishSources: ALL_SOURCES }],
    ['viewer', { roomAdmin: false, canPublish: false, canPublishSources: [] }],
  ])('a %s is granted what the role allows, and no more', async (asWhat, own) => {
    await role('grace', asWhat);
    expect(await grants('grace')).toEqual({
      room: id,
      roomJoin: true,
      canSubscribe: true,
      canPublishData: true,
      canUpdateOwnMetadata: false,
      ...own,
    });
  });

  it('the policy takes sources and data from attendees, and leaves them to the host', async () => {
    await policy({ disable_camera: true, screen_share_permissions: 'host', chat_permissions: 'host' });
    expect(await grants('grace')).toMatchObject({ canPublishSources: ['microphone'], canPublishData: false });
    expect(await grants('ada')).toMatchObject({ canPublishSources: ALL_SOURCES, canPublishData: true });
  });

  it('in a breakout room it is for a room of its own, in the main room for the meeting’s', async () => {
    const host = api.as('ada');
    const { body } = await host.post<{ data: { room_id: string }[] }>(
      `/api/v1/meetings/${id}/breakout-rooms`,
      {
        room_count: 1,
      },
    );
    const roomId = body.data[0]!.room_id;
    await host.post(`/api/v1/meetings/${id}/breakout-rooms/assign`, {
      participant_user_id: 'grace',
      breakout_room_id: roomId,
    });
    expect(await grants('grace')).toMatchObject({ room: `${id}.${roomId}` });
    expect(await grants('ada')).toMatchObject({ room: id });
  });

  it('without any field it is one’s own, under the name in the meeting; null is absent', async () => {
    expect((await ask('grace', {})).body.data).toMatchObject({ user_id: 'grace', user_name: 'GRACE' });
    expect((await ask('grace', { user_id: null, user_name: null })).body.data).toMatchObject({
      user_id: 'grace',
    });
    expect((await ask('grace', undefined)).status).toBe(200);
  });

  it("host and co-hosts get others' tokens, with those others' grants", async () => {
    const { body } = await ask('ada', { user_id: 'grace' });
    expect(body.data).toMatchObject({ user_id: 'grace', user_name: 'GRACE', is_host: false });
    const claims = await new TokenVerifier(KEY, SECRET).verify(body.data!.token);
    expect(claims).toMatchObject({ sub: 'grace', video: { roomAdmin: false } });
    await role('grace', 'co-host');
    expect((await ask('grace', { user_id: 'ada' })).body.data).toMatchObject({ is_host: true });
  });

  it('the host has one without being in, nobody else has', async () => {
    await api.as('ada').post(`/api/v1/meetings/${id}/leave`);
    expect((await ask('ada')).body.data).toMatchObject({ is_host: true, user_name: 'ADA' });
    expect(await ask('eve')).toMatchObject(refused(403, 'INSUFFICIENT_PERMISSION'));
    await api.as('grace').post(`/api/v1/meetings/${id}/leave`);
    expect(await ask('grace')).toMatchObject(refused(403, 'INSUFFICIENT_PERMISSION'));
    expect(await ask('ada', { user_id: 'grace' })).toMatchObject(refused(404, 'PARTICIPANT_NOT_FOUND'));
  });

  it('attendees get no token of another; strangers do not learn who is in', async () => {
    for (const [by, whose] of [
      ['grace', 'ada'],
      ['grace', 'nobody'],
      ['eve', 'grace'],
    ] as const)
      expect(await ask(by, { user_id: whose })).toMatchObject(refused(403, 'INSUFFICIENT_PERMISSION'));
  });

  it('who waits, was removed or is blocked gets none, and the host none for them', async () => {
    await policy({ require_waiting_room: true });
    await join('linus');
    await api.as('ada').send(`/api/v1/meetings/${id}/participants/grace`, { method: 'DELETE' });
    for (const userId of ['linus', 'grace']) {
      expect(await ask(userId)).toMatchObject(refused(403, 'INSUFFICIENT_PERMISSION'));
      expect(await ask('ada', { user_id: userId })).toMatchObject(refused(404, 'PARTICIPANT_NOT_FOUND'));
    }
    await policy({ require_waiting_room: false, blocked_users: ['linus'] });
    expect(await ask('linus')).toMatchObject(refused(403, 'INSUFFICIENT_PERMISSION'));
  });

  it.each<[unknown, string]>([
    [{ user_id: '' }, 'user_id'],
    [{ user_id: 7 }, 'user_id'],
    [{ user_id: 'x'.repeat(129) }, 'user_id'],
    [{ user_name: '' }, 'user_name'],
    [{ user_name: '   ' }, 'user_name'],
    [{ user_name: 'x'.repeat(101) }, 'user_name'],
    [{ role: 'host' }, 'role'],
  ])('%j is 400 and names the field', async (body, field) => {
    const answer = await ask('grace', body);
    expect(answer).toMatchObject(refused(400, 'VALIDATION_FAILED'));
    expect(answer.body.details).toHaveProperty(field);
  });

  it('a meeting that is over is 410, one that has not begun 400, none 404', async () => {
    await api.as('ada').post(`/api/v1/meetings/${id}/end`);
    expect(await ask('ada')).toMatchObject(refused(410, 'MEETING_ENDED'));
    id = await api.meeting('ada', {}, false);
    expect(await ask('ada')).toMatchObject(refused(400, 'MEETING_NOT_ACTIVE'));
    id = 'none';
    expect(await ask('ada')).toMatchObject(refused(404, 'MEETING_NOT_FOUND'));
  });

  it('where there is no LiveKit it is 500 LIVEKIT_TOKEN_ERROR, which names the settings and no secret', async () => {
    const bare = await RunningApi.start();
    try {
      const meeting = await bare.meeting('ada');
      const answer = await bare.as('ada').post<Body>(`/api/v1/meetings/${meeting}/token`, {});
      expect(answer).toMatchObject(refused(500, 'LIVEKIT_TOKEN_ERROR'));
      expect(answer.body.details).toMatchObject({
        settings: ['PARLEY_LIVEKIT_URL', 'PARLEY_LIVEKIT_API_KEY', 'PARLEY_LIVEKIT_API_SECRET'],
      });
      expect(await bare.as('eve').post(`/api/v1/meetings/${meeting}/token`, {})).toMatchObject(
        refused(403, 'INSUFFICIENT_PERMISSION'),
      );
    } finally {
      await bare.stop();
    }
    expect(bare.log.errors).toEqual([]);
  });
});
