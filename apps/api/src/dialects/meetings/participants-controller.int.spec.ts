import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RunningApi } from '../../testing/running-api.js';

const ULID = /^[0-9A-HJKMNP-TV-Z]{26}$/;
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

describe('the meetings dialect: participants', () => {
  let api: RunningApi;
  let id: string;
  beforeAll(async () => {
    api = await RunningApi.start();
  }, 90_000);
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });
  beforeEach(async () => {
    id = await api.meeting('ada');
  });

  const join = (userId: string, body: unknown = {}, meeting = id) =>
    api.as(userId, { name: userId.toUpperCase() }).post(`/api/v1/meetings/${meeting}/join`, body);
  const leave = (userId: string) => api.as(userId).post(`/api/v1/meetings/${id}/leave`);
  const setStatus = (userId: string, body: unknown) =>
    api.as(userId).put(`/api/v1/meetings/${id}/participants/status`, body);
  const list = async (userId = 'ada') =>
    (await api.as(userId).get<{ data: Record<string, unknown>[] }>(`/api/v1/meetings/${id}/participants`))
      .body.data;

  it('joins with the request of the document and answers field by field as it says', async () => {
    const { status, body } = await join('grace', {
      connection_id: 'conn_123456789',
      device_type: 'desktop',
      join_muted: true,
      join_without_video: true,
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      status: 'success',
      message: 'Joined meeting successfully',
      data: {
        participant_id: expect.stringMatching(ULID),
        meeting_id: id,
        user_id: 'grace',
        role: 'attendee',
        status: 'joined',
        is_muted: true,
        is_video_enabled: false,
        joined_at: time,
      },
      timestamp: time,
    });
  });

  it('joining again keeps the seat', async () => {
    expect((await join('grace')).body).toMatchObject({ data: { is_muted: false, is_video_enabled: true } });
    const [first, again] = [(await join('grace')).body, (await join('grace', { join_muted: true })).body];
    const seat = (body: unknown) => (body as { data: { participant_id: string } }).data.participant_id;
    expect(seat(again)).toBe(seat(first));
    expect(await list()).toHaveLength(1);
  });

  it('lists who is in the meeting, in the order they came, field by field as the document says', async () => {
    await join('ada', { device_type: 'desktop' });
    await join('grace', { device_type: 'mobile', join_muted: true, display_name: 'Admiral Hopper' });
    const { body } = await api.as('ada').get(`/api/v1/meetings/${id}/participants`);
    const common = {
      participant_id: expect.stringMatching(ULID),
      status: 'joined',
      is_video_enabled: true,
      is_screen_sharing: false,
      is_hand_raised: false,
      joined_at: time,
      breakout_room_id: null,
    };
    expect(body).toEqual({
      status: 'success',
      message: 'Participants retrieved successfully',
      data: [
        {
          ...common,
          user_id: 'ada',
          user_name: 'ADA',
          role: 'host',
          is_muted: false,
          device_type: 'desktop',
        },
        {
          ...common,
          user_id: 'grace',
          user_name: 'Admiral Hopper',
          role: 'attendee',
          is_muted: true,
          device_type: 'mobile',
        },
      ],
      timestamp: time,
    });
  });

  it('whoever left is not listed any more, and comes back to another seat', async () => {
    await join('ada');
    const first = (await join('grace')).body as { data: { participant_id: string } };
    const { status, body } = await leave('grace');
    expect(status).toBe(200);
    expect(body).toEqual({
      status: 'success',
      message: 'Left meeting successfully',
      data: { meeting_id: id, left_at: time, duration_minutes: 0 },
      timestamp: time,
    });
    expect((await list()).map(one => one.user_id)).toEqual(['ada']);
    expect((await leave('grace')).status).toBe(404);
    const back = (await join('grace')).body as { data: { participant_id: string } };
    expect(back.data.participant_id).not.toBe(first.data.participant_id);
  });

  it('whoever was in a meeting may see who is in it; strangers may not', async () => {
    await join('grace');
    await leave('grace');
    await join('ada');
    expect(await list('grace')).toHaveLength(1);
    expect(await api.as('eve').get(`/api/v1/meetings/${id}/participants`)).toMatchObject({
      status: 403,
      body: { status: 'error', code: 'INSUFFICIENT_PERMISSION' },
    });
  });

  it('changes the status of the document and answers it whole', async () => {
    await join('grace', { join_muted: true });
    const { status, body } = await setStatus('grace', {
      is_muted: false,
      is_video_enabled: true,
      is_screen_sharing: false,
      is_hand_raised: true,
      is_in_waiting_room: false,
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      status: 'success',
      message: 'Participant status updated successfully',
      data: {
        is_muted: false,
        is_video_enabled: true,
        is_screen_sharing: false,
        is_hand_raised: true,
        is_in_waiting_room: false,
      },
      timestamp: time,
    });
    expect((await list())[0]).toMatchObject({ is_muted: false, is_hand_raised: true });
  });

  it('a status changes what it names and nothing else', async () => {
    await join('grace', { join_muted: true, join_without_video: true });
    expect((await setStatus('grace', { is_hand_raised: true })).body).toMatchObject({
      data: { is_muted: true, is_video_enabled: false, is_hand_raised: true },
    });
    expect((await setStatus('grace', {})).body).toMatchObject({ data: { is_hand_raised: true } });
  });

  it.each<[string, unknown, string]>([
    ['an unknown device', { device_type: 'toaster' }, 'device_type'],
    ['a switch that is text', { join_muted: 'yes' }, 'join_muted'],
    ['a switch that is null', { join_muted: null }, 'join_muted'],
    ['an empty connection', { connection_id: '' }, 'connection_id'],
    ['a name of 101 characters', { display_name: 'x'.repeat(101) }, 'display_name'],
    ['an unknown field', { role: 'host' }, 'role'],
    ["another's id", { user_id: 'ada' }, 'user_id'],
  ])('joining with %s is 400 and names the field', async (_what, body, field) => {
    const answer = await join('grace', body);
    expect(answer).toMatchObject({ status: 400, body: { status: 'error', code: 'VALIDATION_FAILED' } });
    const { request_id: _id, ...details } = (answer.body as { details: Record<string, unknown> }).details;
    expect(Object.keys(details)).toEqual([field]);
  });

  it.each([{ is_muted: 'true' }, { is_in_waiting_room: true }, { is_muted: null }, { volume: 11 }])(
    'a status of %j is 400',
    async body => {
      await join('grace');
      expect((await setStatus('grace', body)).status).toBe(400);
    },
  );

  it.each<[string, number, string, object, object]>([
    ['a full meeting', 403, 'MAX_PARTICIPANTS_REACHED', { max_participants: 1 }, {}],
    [
      'a meeting with a password, without it',
      403,
      'INVALID_PASSWORD',
      { require_password: true, password: 'p' },
      {},
    ],
    [
      'a meeting with a password, with another',
      403,
      'INVALID_PASSWORD',
      { password: 'p' },
      { password: 'q' },
    ],
    ['a meeting with a waiting room', 202, 'WAITING_ROOM_REQUIRED', { waiting_room_enabled: true }, {}],
  ])('joining %s is %i %s', async (_what, status, code, settings, body) => {
    const meeting = await api.meeting('ada', settings);
    await join('ada', {}, meeting);
    expect(await join('grace', body, meeting)).toMatchObject({ status, body: { status: 'error', code } });
  });

  it('joining a meeting that has not begun is 400 MEETING_NOT_ACTIVE, but its host opens it by joining', async () => {
    const meeting = await api.meeting('ada', {}, false);
    expect(await join('grace', {}, meeting)).toMatchObject({
      status: 400,
      body: { code: 'MEETING_NOT_ACTIVE' },
    });
    expect((await join('ada', {}, meeting)).status).toBe(200);
    expect((await join('grace', {}, meeting)).status).toBe(200);
  });

  it('a status of somebody who is not in the meeting is 403, a screen where sharing is off is 403', async () => {
    expect(await setStatus('grace', { is_muted: true })).toMatchObject({
      status: 403,
      body: { code: 'INSUFFICIENT_PERMISSION' },
    });
    id = await api.meeting('ada', { screen_share_enabled: false });
    await join('grace');
    expect(await setStatus('grace', { is_screen_sharing: true })).toMatchObject({ status: 403 });
  });

  it('of two who ask for the last seat at once, one gets it', async () => {
    const meeting = await api.meeting('ada', { max_participants: 3 });
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd', 'e', 'f'].map(userId => join(userId, {}, meeting)),
    );
    expect(answers.filter(answer => answer.status === 200)).toHaveLength(3);
    expect(answers.filter(answer => answer.status === 403)).toHaveLength(3);
  });
});
