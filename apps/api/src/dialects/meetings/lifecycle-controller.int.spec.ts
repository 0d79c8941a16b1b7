import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningApi } from '../../testing/running-api.js';

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const time = expect.stringMatching(TIME);

describe('the meetings dialect: start, end and status', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await RunningApi.start({ PARLEY_RATE_LIMITS: 'off' });
  }, 90_000);
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  const post = (userId: string, id: string, what: string, claims = {}, headers = {}) =>
    api.as(userId, claims).post(`/api/v1/meetings/${id}/${what}`, undefined, headers);
  const status = (userId: string, id: string, claims = {}) =>
    api.as(userId, claims).get(`/api/v1/meetings/${id}/status`);
  const refusal = (code: string, details: object = {}) => ({
    status: 'error',
    message: expect.any(String),
    code,
    details: { ...details, request_id: expect.any(String) },
    timestamp: time,
  });

  it('starts a scheduled meeting and answers as the document says', async () => {
    const id = await api.meeting('ada', {}, false);
    const { status: code, body } = await post('ada', id, 'start');
    expect(code).toBe(200);
    expect(body).toEqual({
      status: 'success',
      message: 'Meeting started successfully',
      data: { meeting_id: id, started_by: 'ada', started_at: time },
      timestamp: time,
    });
  });

  it('ends an active meeting and answers as the document says', async () => {
    const id = await api.meeting('ada');
    const { status: code, body } = await post('ada', id, 'end');
    expect(code).toBe(200);
    expect(body).toEqual({
      status: 'success',
      message: 'Meeting ended successfully',
      data: { meeting_id: id, ended_by: 'ada', ended_at: time, duration_minutes: 0 },
      timestamp: time,
    });
  });

  it('tells the status field by field, from before the start to after the end', async () => {
    const id = await api.meeting('ada', {}, false);
    const seen = async () => ((await status('ada', id)).body as { data: object }).data;
    const common = { meeting_id: id, is_recording: false };
    expect((await status('ada', id)).body).toEqual({
      status: 'success',
      message: 'Meeting status retrieved successfully',
      data: expect.any(Object),
      timestamp: time,
    });
    expect(await seen()).toEqual({
      ...common,
      status: 'scheduled',
      is_active: false,
      started_at: null,
      ended_at: null,
      attendance_count: 0,
      active_participants: 0,
    });
    await post('ada', id, 'start');
    for (const userId of ['ada', 'grace', 'edsger']) await post(userId, id, 'join');
    await post('edsger', id, 'leave');
    await post('ada', id, 'recording/start');
    expect(await seen()).toEqual({
      ...common,
      status: 'in_progress',
      is_active: true,
      started_at: time,
      ended_at: null,
      attendance_count: 3,
      active_participants: 2,
      is_recording: true,
    });
    await post('ada', id, 'end');
    expect(await seen()).toEqual({
      ...common,
      status: 'ended',
      is_active: false,
      started_at: time,
      ended_at: time,
      attendance_count: 3,
      active_participants: 0,
    });
  });

  it.each<[string, number, string, (id: string) => Promise<unknown>]>([
    ['start an active meeting', 409, 'MEETING_ALREADY_ACTIVE', id => post('ada', id, 'start')],
    ["start another's meeting", 403, 'INSUFFICIENT_PERMISSION', id => post('grace', id, 'start')],
    ["end another's meeting", 403, 'INSUFFICIENT_PERMISSION', id => post('grace', id, 'end')],
    ['see the status of a meeting one is not in', 403, 'INSUFFICIENT_PERMISSION', id => status('grace', id)],
  ])('to %s is %i %s', async (_what, code, word, ask) => {
    expect(await ask(await api.meeting('ada'))).toMatchObject({ status: code, body: refusal(word) });
  });

  it('a meeting that has not begun cannot be ended: 400 MEETING_NOT_ACTIVE', async () => {
    const id = await api.meeting('ada', {}, false);
    expect(await post('ada', id, 'end')).toMatchObject({ status: 400, body: refusal('MEETING_NOT_ACTIVE') });
  });

  it.each(['start', 'end', 'join', 'recording/start'])(
    '%s of an ended meeting is 410 MEETING_ENDED',
    async what => {
      const id = await api.meeting('ada');
      await post('ada', id, 'end');
      expect(await post('ada', id, what)).toMatchObject({ status: 410, body: refusal('MEETING_ENDED') });
    },
  );

  it.each(['start', 'end', 'join', 'leave', 'recording/start', 'recording/stop'])(
    '%s of a meeting that does not exist is 404 MEETING_NOT_FOUND',
    async what => {
      expect(await post('ada', 'none', what)).toMatchObject({
        status: 404,
        body: refusal('MEETING_NOT_FOUND'),
      });
    },
  );

  it('cancels a planned meeting; who comes second is told who did it, and when', async () => {
    const id = await api.meeting('ada', {}, false);
    const { status: code, body } = await post('ada', id, 'cancel');
    expect(code).toBe(200);
    expect(body).toEqual({
      status: 'success',
      message: 'Meeting cancelled successfully',
      data: { meeting_id: id, cancelled_by: 'ada', cancelled_at: time },
      timestamp: time,
    });
    const { data } = body as { data: unknown };
    expect((await post('root', id, 'cancel', { roles: ['admin'] })).body).toMatchObject({ data });
    expect((await status('ada', id)).body).toMatchObject({
      data: { status: 'cancelled', is_active: false, started_at: null, ended_at: null },
    });
  });

  it.each(['start', 'end', 'join', 'token', 'recording/start'])(
    '%s of a cancelled meeting is 400 MEETING_CANCELLED',
    async what => {
      const id = await api.meeting('ada', {}, false);
      await post('ada', id, 'cancel');
      expect(await post('ada', id, what)).toMatchObject({ status: 400, body: refusal('MEETING_CANCELLED') });
    },
  );

  it('cancelling is refused for a meeting that runs (409), is over (410), is not one’s own (403) or is none (404)', async () => {
    const id = await api.meeting('ada');
    expect(await post('ada', id, 'cancel')).toMatchObject({
      status: 409,
      body: refusal('MEETING_ALREADY_ACTIVE'),
    });
    expect(await post('grace', id, 'cancel')).toMatchObject({
      status: 403,
      body: refusal('INSUFFICIENT_PERMISSION'),
    });
    await post('ada', id, 'end');
    expect(await post('ada', id, 'cancel')).toMatchObject({ status: 410, body: refusal('MEETING_ENDED') });
    expect(await post('ada', 'none', 'cancel')).toMatchObject({
      status: 404,
      body: refusal('MEETING_NOT_FOUND'),
    });
  });

  it('an administrator may do what the host may', async () => {
    const id = await api.meeting('ada', {}, false);
    const root = { roles: ['admin'] };
    expect((await post('root', id, 'start', root)).status).toBe(200);
    expect((await status('root', id, root)).status).toBe(200);
    expect((await post('root', id, 'end', root)).status).toBe(200);
  });

  it('a repeat with the same Idempotency-Key answers as the first time did', async () => {
    const id = await api.meeting('ada', {}, false);
    const data = async (what: string) =>
      ((await post('ada', id, what, {}, { 'idempotency-key': 'k' })).body as { data: unknown }).data;
    const started = await data('start');
    expect(await data('start')).toEqual(started);
    const joined = await data('join');
    expect(await data('join')).toEqual(joined);
    const recording = await data('recording/start');
    expect(await data('recording/start')).toEqual(recording);
    const stopped = await data('recording/stop');
    expect(await data('recording/stop')).toEqual(stopped);
    const left = await data('leave');
    expect(await data('leave')).toEqual(left);
    const ended = await data('end');
    expect(await data('end')).toEqual(ended);
    expect([started, joined, recording, stopped, left, ended]).not.toContain(undefined);
  });

  it('one Idempotency-Key used for two meetings makes two of everything', async () => {
    const ids = [await api.meeting('ada'), await api.meeting('ada')];
    const answers = [];
    for (const id of ids) {
      const rest = api.as('ada');
      const key = { 'idempotency-key': 'always the same' };
      type Data = { data: { participant_id?: string; recording_id?: string; message_id?: string } };
      const joined = await rest.post<Data>(`/api/v1/meetings/${id}/join`, {}, key);
      const said = await rest.post<Data>(`/api/v1/meetings/${id}/chat`, { content: id }, key);
      const recorded = await rest.post<Data>(`/api/v1/meetings/${id}/recording/start`, {}, key);
      answers.push(
        joined.body.data.participant_id,
        said.body.data.message_id,
        recorded.body.data.recording_id,
      );
      const list = await rest.get<{ data: { participant_id: string }[] }>(
        `/api/v1/meetings/${id}/participants`,
      );
      expect(list.body.data.map(one => one.participant_id)).toEqual([joined.body.data.participant_id]);
    }
    expect(new Set(answers).size).toBe(6);
    expect(answers).not.toContain(undefined);
  });
});
