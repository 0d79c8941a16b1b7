import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RunningApi } from '../../testing/running-api.js';

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const DOCUMENTED = {
  require_waiting_room: true,
  require_password: false,
  allow_anonymous_join: false,
  max_participants: 50,
  allowed_domains: ['example.com', 'company.com'],
  blocked_users: [],
  recording_permissions: 'host',
  screen_share_permissions: 'all',
  chat_permissions: 'all',
  mute_on_entry: true,
  disable_camera: false,
  lock_meeting: false,
};
const DEFAULTS = {
  require_waiting_room: false,
  require_password: false,
  allow_anonymous_join: true,
  max_participants: 100,
  allowed_domains: [],
  blocked_users: [],
  recording_permissions: 'host',
  screen_share_permissions: 'all',
  chat_permissions: 'all',
  mute_on_entry: false,
  disable_camera: false,
  lock_meeting: false,
};

describe('the meetings dialect: the security policy', () => {
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
  });

  const apply = (body: unknown, by = 'ada', headers = {}) =>
    api
      .as(by)
      .post<{ code?: string; details: Record<string, unknown> }>(
        `/api/v1/meetings/${id}/security/policy`,
        body,
        headers,
      );
  const policy = async (by = 'ada') =>
    (await api.as(by).get<{ data: object }>(`/api/v1/meetings/${id}/security/policy`)).body.data;
  const post = (userId: string, what: string, body: object = {}) =>
    api.as(userId).post(`/api/v1/meetings/${id}/${what}`, body);
  const status = (userId: string, body: object) =>
    api.as(userId).put(`/api/v1/meetings/${id}/participants/status`, body);
  const applied = async (): Promise<number> => {
    const { body } = await api.as('ada').get<{ events: { type: string }[] }>(`/api/v1/meetings/${id}/events`);
    return body.events.filter(event => event.type === 'SecurityPolicyApplied').length;
  };

  it('takes the policy of the document and answers as it says; reading it gives the same back', async () => {
    const { status: code, body } = await apply(DOCUMENTED);
    expect(code).toBe(200);
    expect(body).toEqual({
      status: 'success',
      message: 'Security policy applied successfully',
      data: null,
      timestamp: time,
    });
    expect((await api.as('ada').get(`/api/v1/meetings/${id}/security/policy`)).body).toEqual({
      status: 'success',
      message: 'Security policy retrieved successfully',
      data: DOCUMENTED,
      timestamp: time,
    });
  });

  it('a field alone changes that field alone', async () => {
    expect(await policy()).toEqual(DEFAULTS);
    for (const [field, value] of Object.entries({
      require_waiting_room: true,
      allow_anonymous_join: false,
      max_participants: 7,
      allowed_domains: ['example.org'],
      blocked_users: ['eve'],
      recording_permissions: 'all',
      screen_share_permissions: 'none',
      chat_permissions: 'host',
      mute_on_entry: true,
      disable_camera: true,
      lock_meeting: true,
    })) {
      id = await api.meeting('ada');
      expect([field, (await apply({ [field]: value })).status]).toEqual([field, 200]);
      expect(await policy()).toEqual({ ...DEFAULTS, [field]: value });
    }
  });

  it('domains are kept in lower case, and nothing twice', async () => {
    await apply({ allowed_domains: ['Example.COM', 'example.com'], blocked_users: ['eve', 'eve'] });
    expect(await policy()).toMatchObject({ allowed_domains: ['example.com'], blocked_users: ['eve'] });
  });

  it('the same policy again is no event, nor the same password again', async () => {
    await apply({ mute_on_entry: true, password: 'p' });
    await apply({ mute_on_entry: true, require_password: true, password: 'p' });
    expect(await applied()).toBe(1);
    await apply({ password: 'q' });
    expect(await applied()).toBe(2);
  });

  it('a repeat with the same Idempotency-Key changes nothing, whatever came between', async () => {
    const key = { 'idempotency-key': 'k' };
    await apply({ lock_meeting: true }, 'ada', key);
    await apply({ lock_meeting: false });
    expect((await apply({ lock_meeting: true }, 'ada', key)).status).toBe(200);
    expect(await policy()).toMatchObject({ lock_meeting: false });
  });

  it('a password is asked for from then on, is never shown, and goes with require_password false', async () => {
    await apply({ require_password: true, password: 'open sesame' });
    expect(await policy()).toEqual({ ...DEFAULTS, require_password: true });
    expect((await post('grace', 'join')).status).toBe(403);
    expect((await post('grace', 'join', { password: 'open sesame' })).status).toBe(200);
    await apply({ require_password: false });
    expect((await post('linus', 'join')).status).toBe(200);
    const { body } = await api.as('ada').get(`/api/v1/meetings/${id}/events`);
    expect(JSON.stringify(body)).not.toMatch(/sesame|scrypt/);
  });

  it.each<[string, unknown, string]>([
    ['nothing at all', {}, 'body'],
    ['no object', [], 'body'],
    ['an unknown field', { allow_smoking: true }, 'allow_smoking'],
    ['a switch that is text', { lock_meeting: 'yes' }, 'lock_meeting'],
    ['a switch that is null', { disable_camera: null }, 'disable_camera'],
    ['room for nobody', { max_participants: 0 }, 'max_participants'],
    ['room for too many', { max_participants: 1001 }, 'max_participants'],
    ['room for half a person', { max_participants: 1.5 }, 'max_participants'],
    ['room that is text', { max_participants: '50' }, 'max_participants'],
    ['an unknown permission', { chat_permissions: 'friends' }, 'chat_permissions'],
    ['a permission that is a switch', { recording_permissions: true }, 'recording_permissions'],
    ['one domain that is no list', { allowed_domains: 'example.com' }, 'allowed_domains'],
    ['an address for a domain', { allowed_domains: ['ada@example.com'] }, 'allowed_domains'],
    ['a domain of one label', { allowed_domains: ['localhost'] }, 'allowed_domains'],
    ['a domain with a space', { allowed_domains: ['example .com'] }, 'allowed_domains'],
    [
      'too many domains',
      { allowed_domains: Array.from({ length: 1001 }, (_, n) => `d${n}.com`) },
      'allowed_domains',
    ],
    ['a blocked user without id', { blocked_users: [''] }, 'blocked_users'],
    ['a blocked user that is a number', { blocked_users: [7] }, 'blocked_users'],
    ['an id that is too long', { blocked_users: ['x'.repeat(129)] }, 'blocked_users'],
    [
      'too many blocked users',
      { blocked_users: Array.from({ length: 1001 }, (_, n) => `u${n}`) },
      'blocked_users',
    ],
    ['the host among the blocked', { blocked_users: ['ada'] }, 'blocked_users'],
    ['a password asked for that there is not', { require_password: true }, 'password'],
    ['an empty password', { require_password: true, password: '' }, 'password'],
    ['a password that is too long', { password: 'x'.repeat(129) }, 'password'],
    ['a password that is not asked for', { require_password: false, password: 'p' }, 'password'],
  ])('%s is 400, names the field and changes nothing', async (_what, body, field) => {
    const answer = await apply(body);
    expect(answer).toMatchObject({ status: 400, body: { status: 'error', code: 'VALIDATION_FAILED' } });
    expect(Object.keys(answer.body.details)).toContain(field);
    expect(await policy()).toEqual(DEFAULTS);
  });

  it('is changed by the host and administrators, read by co-hosts, too, and by nobody else', async () => {
    for (const userId of ['grace', 'linus']) await post(userId, 'join');
    await api.as('ada').put(`/api/v1/meetings/${id}/participants/grace/role`, { role: 'co-host' });
    for (const userId of ['grace', 'linus', 'eve'])
      expect(await apply({ lock_meeting: true }, userId)).toMatchObject({
        status: 403,
        body: { code: 'INSUFFICIENT_PERMISSION' },
      });
    expect(await policy('grace')).toEqual(DEFAULTS);
    for (const userId of ['linus', 'eve'])
      expect((await api.as(userId).get(`/api/v1/meetings/${id}/security/policy`)).status).toBe(403);
    const root = api.as('root', { roles: ['admin'] });
    expect((await root.post(`/api/v1/meetings/${id}/security/policy`, { lock_meeting: true })).status).toBe(
      200,
    );
  });

  it('is set for a planned meeting, too; not for one that is over, cancelled or none', async () => {
    id = await api.meeting('ada', {}, false);
    expect((await apply({ mute_on_entry: true })).status).toBe(200);
    await post('ada', 'cancel');
    expect(await apply({ mute_on_entry: false })).toMatchObject({
      status: 400,
      body: { code: 'MEETING_CANCELLED' },
    });
    id = await api.meeting('ada');
    await post('ada', 'end');
    expect(await apply({ mute_on_entry: true })).toMatchObject({
      status: 410,
      body: { code: 'MEETING_ENDED' },
    });
    id = 'none';
    expect(await apply({ mute_on_entry: true })).toMatchObject({
      status: 404,
      body: { code: 'MEETING_NOT_FOUND' },
    });
  });

  describe('for those who are in', () => {
    beforeEach(async () => {
      for (const userId of ['ada', 'grace']) await post(userId, 'join');
    });

    it.each([
      ['host', 200],
      ['none', 403],
    ])('chat for %s: attendees write no more, the host gets %i', async (chat_permissions, host) => {
      expect((await post('grace', 'chat', { content: 'x' })).status).toBe(200);
      await apply({ chat_permissions });
      expect(await post('grace', 'chat', { content: 'x' })).toMatchObject({
        status: 403,
        body: { code: 'CHAT_DISABLED' },
      });
      expect((await post('ada', 'chat', { content: 'x' })).status).toBe(host);
    });

    it.each([
      ['host', 200],
      ['none', 403],
    ])(
      'screens for %s: attendees share no more, the host gets %i',
      async (screen_share_permissions, host) => {
        await apply({ screen_share_permissions });
        expect(await status('grace', { is_screen_sharing: true })).toMatchObject({
          status: 403,
          body: { code: 'SCREEN_SHARE_DISABLED' },
        });
        expect((await status('ada', { is_screen_sharing: true })).status).toBe(host);
      },
    );

    it('no camera: attendees switch none on, the host may', async () => {
      await status('grace', { is_video_enabled: false });
      await apply({ disable_camera: true });
      expect(await status('grace', { is_video_enabled: true })).toMatchObject({
        status: 403,
        body: { code: 'INSUFFICIENT_PERMISSION' },
      });
      expect((await status('ada', { is_video_enabled: true })).status).toBe(200);
      await apply({ disable_camera: false });
      expect((await status('grace', { is_video_enabled: true })).status).toBe(200);
    });

    it('whoever comes later comes in muted and without camera, but the host does not', async () => {
      await post('ada', 'leave');
      await apply({ mute_on_entry: true, disable_camera: true });
      expect((await post('linus', 'join')).body).toMatchObject({
        data: { is_muted: true, is_video_enabled: false },
      });
      expect((await post('ada', 'join')).body).toMatchObject({
        data: { is_muted: false, is_video_enabled: true },
      });
      expect((await status('linus', { is_muted: false })).body).toMatchObject({ data: { is_muted: false } });
    });

    it('whoever is blocked has to go at once, and comes back when blocked no more', async () => {
      await apply({ blocked_users: ['grace'] });
      const list = await api.as('ada').get(`/api/v1/meetings/${id}/participants`);
      expect(list.body).toMatchObject({ data: [{ user_id: 'ada' }] });
      expect((await post('grace', 'join')).status).toBe(403);
      expect((await post('ada', 'waiting-room/grace/admit')).status).toBe(403);
      await apply({ blocked_users: [] });
      expect((await post('grace', 'join')).status).toBe(200);
    });

    it('fewer places send nobody away, and a lock nobody but those who come', async () => {
      await apply({ max_participants: 1, lock_meeting: true });
      const list = await api.as('ada').get(`/api/v1/meetings/${id}/participants`);
      expect(list.body).toMatchObject({ data: [{ user_id: 'ada' }, { user_id: 'grace' }] });
      // Joining again is no coming.
      expect((await post('grace', 'join')).status).toBe(200);
      expect((await post('linus', 'join')).status).toBe(403);
    });

    it('recording: attendees where all may; it ends at once when they may no more', async () => {
      expect(await post('grace', 'recording/start')).toMatchObject({
        status: 403,
        body: { code: 'INSUFFICIENT_PERMISSION' },
      });
      await apply({ recording_permissions: 'all' });
      expect((await post('eve', 'recording/start')).status).toBe(403);
      expect((await post('grace', 'recording/start')).status).toBe(200);
      const recording = async () =>
        (await api.as('ada').get<{ data: { is_recording: boolean } }>(`/api/v1/meetings/${id}/status`)).body
          .data.is_recording;
      expect(await recording()).toBe(true);
      await apply({ recording_permissions: 'host' });
      expect(await recording()).toBe(false);
      await post('ada', 'recording/start');
      await apply({ recording_permissions: 'all' });
      expect(await recording()).toBe(true);
      await apply({ recording_permissions: 'none' });
      expect(await recording()).toBe(false);
      expect(await post('ada', 'recording/start')).toMatchObject({
        status: 403,
        body: { code: 'RECORDING_DISABLED' },
      });
    });

    it('a recording is stopped by who started it, host and co-hosts, and by nobody else', async () => {
      await apply({ recording_permissions: 'all' });
      await post('linus', 'join');
      await post('grace', 'recording/start');
      expect((await post('linus', 'recording/stop')).status).toBe(403);
      expect((await post('grace', 'recording/stop')).status).toBe(200);
      expect(await post('grace', 'recording/stop')).toMatchObject({
        status: 403,
        body: { code: 'INSUFFICIENT_PERMISSION' },
      });
      await post('grace', 'recording/start');
      expect((await post('ada', 'recording/stop')).status).toBe(200);
      expect(await post('ada', 'recording/stop')).toMatchObject({
        status: 409,
        body: { code: 'RECORDING_NOT_ACTIVE' },
      });
    });
  });
});
