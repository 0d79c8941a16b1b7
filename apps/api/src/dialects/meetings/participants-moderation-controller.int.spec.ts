import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Answer } from '../../testing/rest-client.js';
import { RunningApi } from '../../testing/running-api.js';

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
type Method = 'PUT' | 'POST' | 'DELETE';

describe('the meetings dialect: what host and co-hosts do to others', () => {
  let api: RunningApi;
  let id: string;
  beforeAll(async () => {
    api = await RunningApi.start({ PARLEY_RATE_LIMITS: 'off' });
  }, 90_000);
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });
  beforeEach(async () => {
    id = await api.meeting('ada');
    for (const userId of ['ada', 'grace', 'linus']) await join(userId);
  });

  const call = (
    userId: string,
    method: Method,
    path: string,
    body?: unknown,
    claims = {},
    headers: Record<string, string> = {},
  ): Promise<Answer<Record<string, unknown>>> =>
    api.as(userId, { name: userId, ...claims }).send(`/api/v1/meetings/${id}/${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json', ...headers },
    });
  const join = (userId: string) => call(userId, 'POST', 'join', {});
  const role = (by: string, userId: string, to: string) =>
    call(by, 'PUT', `participants/${userId}/role`, { role: to });
  const status = (by: string, userId: string, body: unknown, claims = {}) =>
    call(by, 'PUT', `participants/${userId}/status`, body, claims);
  const remove = (by: string, userId: string, headers = {}) =>
    call(by, 'DELETE', `participants/${userId}`, undefined, {}, headers);
  const listed = async (userId: string) => {
    const { body } = await api
      .as('ada')
      .get<{ data: Record<string, unknown>[] }>(`/api/v1/meetings/${id}/participants`);
    return body.data.find(one => one.user_id === userId);
  };
  const refused = (code: string, httpStatus: number) => ({
    status: httpStatus,
    body: { status: 'error', code },
  });
  const ALL_ON = { is_muted: false, is_video_enabled: true, is_screen_sharing: true, is_hand_raised: true };
  const QUIET = { is_muted: true, is_video_enabled: false, is_screen_sharing: false, is_hand_raised: false };

  describe('quietening', () => {
    it.each(['ada', 'linus'])(
      '%s, who moderates, switches all of it off; the answer is the whole status',
      async by => {
        await role('ada', 'linus', 'co-host');
        await call('grace', 'PUT', 'participants/status', ALL_ON);
        const { status: code, body } = await status(by, 'grace', QUIET);
        expect(code).toBe(200);
        expect(body).toEqual({
          status: 'success',
          message: 'Participant status updated successfully',
          data: { user_id: 'grace', ...QUIET, is_in_waiting_room: false },
          timestamp: time,
        });
        expect(await listed('grace')).toMatchObject(QUIET);
      },
    );

    it('what is not named stays', async () => {
      await call('grace', 'PUT', 'participants/status', ALL_ON);
      await status('ada', 'grace', { is_muted: true });
      expect(await listed('grace')).toMatchObject({ ...ALL_ON, is_muted: true });
    });

    it.each<[string, object]>([
      ['microphone', { is_muted: false }],
      ['camera', { is_video_enabled: true }],
      ['screen', { is_screen_sharing: true }],
      ['hand', { is_hand_raised: true }],
    ])(
      'nobody switches on the %s of another, not even with something allowed beside it',
      async (what, body) => {
        await call('grace', 'PUT', 'participants/status', QUIET);
        const answer = await status('ada', 'grace', body);
        expect(answer).toMatchObject(refused('INSUFFICIENT_PERMISSION', 403));
        expect(answer.body.details).toMatchObject({ [what]: 'is turned on by the participant alone' });
        expect(await listed('grace')).toMatchObject(QUIET);
      },
    );

    it('attendees quieten nobody, and strangers do not learn who is in', async () => {
      for (const [by, whom] of [
        ['grace', 'linus'],
        ['grace', 'ada'],
        ['eve', 'grace'],
        ['eve', 'nobody'],
      ] as const)
        expect(await status(by, whom, { is_muted: true })).toMatchObject(
          refused('INSUFFICIENT_PERMISSION', 403),
        );
    });

    it("under one's own id it is one's own status", async () => {
      expect(await status('grace', 'grace', { is_hand_raised: true })).toMatchObject({
        status: 200,
        body: { data: { user_id: 'grace', is_hand_raised: true } },
      });
    });

    it('a host who is not in, and an administrator, may all the same', async () => {
      await call('ada', 'POST', 'leave');
      expect((await status('ada', 'grace', { is_muted: true })).status).toBe(200);
      expect((await status('root', 'linus', { is_muted: true }, { roles: ['admin'] })).status).toBe(200);
    });

    it('whoever is not in is 404; a wrong field is 400 and named; a meeting that is over is 410', async () => {
      expect(await status('ada', 'eve', { is_muted: true })).toMatchObject(
        refused('PARTICIPANT_NOT_FOUND', 404),
      );
      expect(await status('ada', 'constructor', {})).toMatchObject(refused('PARTICIPANT_NOT_FOUND', 404));
      const wrong = await status('ada', 'grace', { is_muted: 'yes' });
      expect(wrong).toMatchObject(refused('VALIDATION_FAILED', 400));
      expect(wrong.body.details).toHaveProperty('is_muted');
      await call('ada', 'POST', 'end');
      expect(await status('ada', 'grace', { is_muted: true })).toMatchObject(refused('MEETING_ENDED', 410));
    });
  });

  describe('roles', () => {
    it('the host makes a co-host, who moderates from then on, and takes it back', async () => {
      const { status: code, body } = await role('ada', 'grace', 'co-host');
      expect(code).toBe(200);
      expect(body).toEqual({
        status: 'success',
        message: 'Participant role changed successfully',
        data: { meeting_id: id, user_id: 'grace', role: 'co-host', host_user_id: 'ada' },
        timestamp: time,
      });
      expect(await listed('grace')).toMatchObject({ role: 'co-host' });
      expect((await status('grace', 'linus', { is_muted: true })).status).toBe(200);
      await role('ada', 'grace', 'attendee');
      expect((await status('grace', 'linus', { is_muted: true })).status).toBe(403);
    });

    it('a role outlasts leaving and coming back', async () => {
      await role('ada', 'grace', 'viewer');
      await call('grace', 'POST', 'leave');
      expect((await join('grace')).body).toMatchObject({
        data: { role: 'viewer', is_muted: true, is_video_enabled: false },
      });
    });

    it('handing over: the new host may all, the one before is a co-host', async () => {
      expect((await role('ada', 'grace', 'host')).body).toMatchObject({
        data: { role: 'host', host_user_id: 'grace' },
      });
      expect(await listed('ada')).toMatchObject({ role: 'co-host' });
      expect(await listed('grace')).toMatchObject({ role: 'host' });
      expect((await role('ada', 'linus', 'viewer')).status).toBe(403);
      expect((await role('grace', 'linus', 'viewer')).status).toBe(200);
      expect((await call('ada', 'POST', 'end')).status).toBe(403);
      expect((await call('grace', 'POST', 'end')).status).toBe(200);
    });

    it('is refused to all but the host, for who is not in, for what is no role, and for the host themselves', async () => {
      await role('ada', 'linus', 'co-host');
      for (const by of ['grace', 'linus', 'eve'])
        expect(await role(by, 'grace', 'co-host')).toMatchObject(refused('INSUFFICIENT_PERMISSION', 403));
      expect(await role('ada', 'eve', 'co-host')).toMatchObject(refused('PARTICIPANT_NOT_FOUND', 404));
      expect(await role('ada', 'ada', 'attendee')).toMatchObject(refused('INSUFFICIENT_PERMISSION', 403));
      const wrong = await role('ada', 'grace', 'king');
      expect(wrong).toMatchObject(refused('VALIDATION_FAILED', 400));
      expect(wrong.body.details).toHaveProperty('role');
      expect((await call('ada', 'PUT', 'participants/grace/role', {})).status).toBe(400);
      await call('ada', 'POST', 'end');
      expect(await role('ada', 'grace', 'co-host')).toMatchObject(refused('MEETING_ENDED', 410));
    });

    it('a meeting that has not begun, or was cancelled, has no roles to give: 400', async () => {
      id = await api.meeting('ada', {}, false);
      expect(await role('ada', 'grace', 'co-host')).toMatchObject(refused('MEETING_NOT_ACTIVE', 400));
      await call('ada', 'POST', 'cancel');
      expect(await role('ada', 'grace', 'co-host')).toMatchObject(refused('MEETING_CANCELLED', 400));
    });
  });

  describe('removing', () => {
    it('whoever is removed is out and stays out, until admitted again', async () => {
      const { status: code, body } = await remove('ada', 'grace');
      expect(code).toBe(200);
      expect(body).toEqual({
        status: 'success',
        message: 'Participant removed successfully',
        data: { meeting_id: id, user_id: 'grace', left_at: time, duration_minutes: 0 },
        timestamp: time,
      });
      expect(await listed('grace')).toBeUndefined();
      expect(await join('grace')).toMatchObject(refused('JOIN_DENIED', 403));
      expect((await call('ada', 'POST', 'waiting-room/grace/admit')).status).toBe(200);
      expect((await join('grace')).status).toBe(200);
    });

    it('whoever is removed or blocked reads no more of the meeting, until they are back', async () => {
      const reads = async (userId: string) => {
        const parts = ['status', 'participants', 'chat'].map(part => `/api/v1/meetings/${id}/${part}`);
        return Promise.all(parts.map(async path => (await api.as(userId).get(path)).status));
      };
      await remove('ada', 'grace');
      await call('ada', 'POST', 'security/policy', { blocked_users: ['linus'] });
      expect([await reads('grace'), await reads('linus')]).toEqual([
        [403, 403, 403],
        [403, 403, 403],
      ]);
      await call('ada', 'POST', 'waiting-room/grace/admit');
      await join('grace');
      expect(await reads('grace')).toEqual([200, 200, 200]);
      await call('grace', 'POST', 'leave');
      expect(await reads('grace')).toEqual([200, 200, 200]);
    });

    it('a co-host who is removed comes back as an attendee', async () => {
      await role('ada', 'grace', 'co-host');
      await remove('ada', 'grace');
      await call('ada', 'POST', 'waiting-room/grace/admit');
      expect((await join('grace')).body).toMatchObject({ data: { role: 'attendee' } });
    });

    it('co-hosts remove others, and nobody the host', async () => {
      await role('ada', 'linus', 'co-host');
      expect(await remove('linus', 'ada')).toMatchObject(refused('INSUFFICIENT_PERMISSION', 403));
      expect((await remove('linus', 'grace')).status).toBe(200);
    });

    it('whoever removes themselves has left, and may come back', async () => {
      expect((await remove('grace', 'grace')).status).toBe(200);
      expect((await join('grace')).status).toBe(200);
    });

    it('is refused to attendees and strangers, and for who is not in', async () => {
      expect(await remove('grace', 'linus')).toMatchObject(refused('INSUFFICIENT_PERMISSION', 403));
      expect(await remove('eve', 'linus')).toMatchObject(refused('INSUFFICIENT_PERMISSION', 403));
      expect(await remove('ada', 'eve')).toMatchObject(refused('PARTICIPANT_NOT_FOUND', 404));
      expect(await remove('ada', 'x'.repeat(129))).toMatchObject(refused('VALIDATION_FAILED', 400));
    });

    it('a repeat with the same Idempotency-Key answers as the first time did, and removes nobody who is back', async () => {
      const key = { 'idempotency-key': 'k' };
      const first = (await remove('ada', 'grace', key)).body.data;
      await call('ada', 'POST', 'waiting-room/grace/admit');
      await join('grace');
      expect((await remove('ada', 'grace', key)).body.data).toEqual(first);
      expect(await listed('grace')).toBeDefined();
    });
  });
});
