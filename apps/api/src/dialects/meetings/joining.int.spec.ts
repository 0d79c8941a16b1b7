import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningApi } from '../../testing/running-api.js';

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

describe('the meetings dialect: who may join', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await RunningApi.start({ PARLEY_RATE_LIMITS: 'off' });
  }, 90_000);
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  const join = (userId: string, id: string, body: object = {}, claims = {}) =>
    api
      .as(userId, claims)
      .post<{ code?: string; details?: Record<string, unknown> }>(`/api/v1/meetings/${id}/join`, body);
  const post = (userId: string, id: string, what: string, body: object = {}) =>
    api.as(userId).post<{ data: unknown }>(`/api/v1/meetings/${id}/${what}`, body);
  const under = async (policy: object): Promise<string> => {
    const id = await api.meeting('ada');
    expect((await post('ada', id, 'security/policy', policy)).status).toBe(200);
    return id;
  };

  it('the waiting room answers 202 with the error of the document', async () => {
    const id = await under({ require_waiting_room: true });
    const { status, body } = await join('grace', id);
    expect(status).toBe(202);
    expect(body).toEqual({
      status: 'error',
      message: 'You are in the waiting room until the host admits you',
      code: 'WAITING_ROOM_REQUIRED',
      details: { request_id: expect.any(String) },
      timestamp: time,
    });
  });

  it.each<[string, string, object, object, object]>([
    ['a locked meeting', 'MEETING_LOCKED', { lock_meeting: true }, {}, {}],
    ['a meeting that is full', 'MAX_PARTICIPANTS_REACHED', { max_participants: 1 }, {}, {}],
    ['without the password', 'INVALID_PASSWORD', { require_password: true, password: 'p' }, {}, {}],
    ['with another password', 'INVALID_PASSWORD', { password: 'p' }, { password: 'q' }, {}],
    ['when blocked', 'JOIN_DENIED', { blocked_users: ['grace'] }, {}, {}],
    [
      'as a guest, where none may',
      'INSUFFICIENT_PERMISSION',
      { allow_anonymous_join: false },
      {},
      { roles: ['guest'] },
    ],
    [
      'from another domain',
      'INSUFFICIENT_PERMISSION',
      { allowed_domains: ['example.com'] },
      {},
      { email: 'grace@example.org' },
    ],
    [
      'from a domain within one allowed',
      'INSUFFICIENT_PERMISSION',
      { allowed_domains: ['example.com'] },
      {},
      { email: 'grace@sub.example.com' },
    ],
    [
      'without an address, where domains count',
      'INSUFFICIENT_PERMISSION',
      { allowed_domains: ['example.com'] },
      {},
      {},
    ],
  ])('joining %s is 403 %s, and the host is let in', async (_what, code, policy, body, claims) => {
    const id = await under(policy);
    expect((await join('ada', id)).status).toBe(200);
    expect(await join('grace', id, body, claims)).toMatchObject({
      status: 403,
      body: { status: 'error', code },
    });
  });

  it('the right password, a domain in any case, and an account are let in', async () => {
    expect((await join('grace', await under({ password: 'p' }), { password: 'p' })).status).toBe(200);
    const domain = await under({ allowed_domains: ['Example.COM'] });
    expect((await join('grace', domain, {}, { email: 'Grace@EXAMPLE.com' })).status).toBe(200);
    expect((await join('grace', await under({ allow_anonymous_join: false }))).status).toBe(200);
  });

  it('a password that changes while another tries the old one is what counts', async () => {
    const id = await under({ password: 'old' });
    const [joined, changed] = await Promise.all([
      join('grace', id, { password: 'old' }),
      post('ada', id, 'security/policy', { password: 'new' }),
    ]);
    expect(changed.status).toBe(200);
    // Whichever came first: afterwards the old one opens nothing.
    expect([200, 403]).toContain(joined.status);
    expect((await join('linus', id, { password: 'old' })).body.code).toBe('INVALID_PASSWORD');
    expect((await join('linus', id, { password: 'new' })).status).toBe(200);
  });

  it('leaving the waiting room is answered like leaving; the host sees nobody wait any more', async () => {
    const id = await under({ require_waiting_room: true });
    await join('grace', id);
    const { status, body } = await post('grace', id, 'leave');
    expect(status).toBe(200);
    expect(body).toEqual({
      status: 'success',
      message: 'Left meeting successfully',
      data: { meeting_id: id, left_at: time, duration_minutes: 0 },
      timestamp: time,
    });
    expect((await api.as('ada').get(`/api/v1/meetings/${id}/waiting-room`)).body).toMatchObject({ data: [] });
    expect((await post('grace', id, 'leave')).status).toBe(404);
    expect((await post('ada', id, 'waiting-room/grace/admit')).status).toBe(404);
  });

  it('leaving the waiting room again with the same Idempotency-Key answers the same', async () => {
    const id = await under({ require_waiting_room: true });
    await join('grace', id);
    const leave = () =>
      api.as('grace').post<{ data: unknown }>(`/api/v1/meetings/${id}/leave`, {}, { 'idempotency-key': 'k' });
    const first = await leave();
    expect(first.status).toBe(200);
    expect((await leave()).body.data).toEqual(first.body.data);
  });

  it('a repeat of leaving neither takes a place in the waiting room nor a seat that was got since', async () => {
    const id = await api.meeting('ada');
    const leave = (key: string) =>
      api.as('grace').post<{ data: unknown }>(`/api/v1/meetings/${id}/leave`, {}, { 'idempotency-key': key });
    await join('grace', id);
    const left = await leave('from the meeting');
    await post('ada', id, 'security/policy', { require_waiting_room: true });
    await join('grace', id);
    expect((await leave('from the meeting')).body.data).toEqual(left.body.data);
    const stopped = await leave('from the waiting room');
    expect(stopped.status).toBe(200);
    await join('grace', id);
    expect((await post('ada', id, 'waiting-room/grace/admit')).status).toBe(200);
    await join('grace', id);
    expect((await leave('from the waiting room')).body.data).toEqual(stopped.body.data);
    expect((await leave('from the meeting')).body.data).toEqual(left.body.data);
    expect((await api.as('ada').get(`/api/v1/meetings/${id}/participants`)).body).toMatchObject({
      data: [{ user_id: 'grace' }],
    });
  });

  it('joining a cancelled meeting is 400 MEETING_CANCELLED, for its host, too', async () => {
    const id = await api.meeting('ada', {}, false);
    await post('ada', id, 'cancel');
    for (const userId of ['ada', 'grace'])
      expect(await join(userId, id)).toMatchObject({ status: 400, body: { code: 'MEETING_CANCELLED' } });
  });
});
