import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RunningApi } from '../../testing/running-api.js';

/** The document's own request. */
const REQUEST = {
  room_count: 3,
  rooms: [
    {
      name: 'Breakout Room 1',
      description: 'Discussion group for project planning',
      capacity: 5,
      settings: { allow_chat: true, allow_screen_share: false },
    },
  ],
  auto_assign: false,
  allow_participants_to_choose: true,
  allow_participants_to_return: true,
  time_limit_minutes: 30,
};
interface Room {
  readonly room_id: string;
  readonly name: string;
  readonly current_participants: number;
  readonly participants?: { readonly user_id: string }[];
}

describe('the meetings dialect: breakout rooms that are refused', () => {
  let api: RunningApi;
  let id: string;
  beforeAll(async () => {
    api = await RunningApi.start();
  }, 30_000);
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });
  beforeEach(async () => {
    id = await api.meeting('ada');
    for (const userId of ['ada', 'grace', 'edsger', 'alan', 'barbara']) {
      await api.as(userId, { name: userId.toUpperCase() }).post(`/api/v1/meetings/${id}/join`, {});
    }
  });

  const path = (rest = ''): string => `/api/v1/meetings/${id}/breakout-rooms${rest}`;
  const post = (userId: string, rest: string, body: unknown = {}, headers = {}) =>
    api.as(userId).post<{ data: never; code?: string; details?: object }>(path(rest), body, headers);
  const open = async (body: object = REQUEST): Promise<Room[]> =>
    (await api.as('ada').post<{ data: Room[] }>(path(), body)).body.data;
  const rooms = async (userId = 'ada'): Promise<Room[]> =>
    (await api.as(userId).get<{ data: Room[] }>(path())).body.data;
  const assign = (by: string, userId: string, room: Room | undefined) =>
    post(by, '/assign', { participant_user_id: userId, breakout_room_id: room?.room_id });

  it.each<[string, object, string]>([
    ['no count', {}, 'room_count'],
    ['a count of none', { room_count: 0 }, 'room_count'],
    ['51 rooms', { room_count: 51 }, 'room_count'],
    ['a count in words', { room_count: 'three' }, 'room_count'],
    ['more rooms than counted', { room_count: 1, rooms: [{}, {}] }, 'rooms'],
    ['rooms that are no list', { room_count: 1, rooms: {} }, 'rooms'],
    ['a room without a name', { room_count: 1, rooms: [{ name: '' }] }, 'rooms.0.name'],
    ['a room for nobody', { room_count: 1, rooms: [{ capacity: 0 }] }, 'rooms.0.capacity'],
    [
      'a setting that is no answer',
      { room_count: 1, rooms: [{ settings: { allow_chat: 'yes' } }] },
      'rooms.0.settings.allow_chat',
    ],
    ['no time', { room_count: 1, time_limit_minutes: 0 }, 'time_limit_minutes'],
    ['more than a day', { room_count: 1, time_limit_minutes: 1441 }, 'time_limit_minutes'],
    ['an unknown field', { room_count: 1, colour: 'red' }, 'colour'],
  ])('with %s are 400, the field is named, and none is opened', async (_what, body, field) => {
    const answer = await post('ada', '', body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    expect(Object.keys(answer.body.details ?? {}).filter(key => key !== 'request_id')).toEqual([field]);
    expect(await rooms()).toEqual([]);
  });

  it.each<[string, string, () => Promise<unknown>, number, string]>([
    [
      'opening by another than the host',
      '',
      () => post('grace', '', REQUEST),
      403,
      'INSUFFICIENT_PERMISSION',
    ],
    ['opening twice', 'open', () => post('ada', '', REQUEST), 409, 'BREAKOUT_ROOMS_ALREADY_OPEN'],
    [
      'closing by another than the host',
      'open',
      () => api.as('grace').send(path(), { method: 'DELETE' }),
      403,
      'INSUFFICIENT_PERMISSION',
    ],
    [
      'closing what is not open',
      '',
      () => api.as('ada').send(path(), { method: 'DELETE' }),
      409,
      'BREAKOUT_ROOMS_NOT_OPEN',
    ],
    ['spreading over none', '', () => post('ada', '/auto-assign'), 409, 'BREAKOUT_ROOMS_NOT_OPEN'],
    [
      'spreading by a participant',
      'open',
      () => post('grace', '/auto-assign'),
      403,
      'INSUFFICIENT_PERMISSION',
    ],
    [
      'choosing one that is not there',
      'open',
      () => post('grace', '/nowhere/join'),
      404,
      'BREAKOUT_ROOM_NOT_FOUND',
    ],
    [
      'assigning somebody who is not there',
      'open',
      async () => assign('ada', 'eve', (await rooms())[0]),
      404,
      'PARTICIPANT_NOT_FOUND',
    ],
    [
      'assigning another as a participant',
      'open',
      async () => assign('grace', 'edsger', (await rooms())[0]),
      403,
      'INSUFFICIENT_PERMISSION',
    ],
    ['returning from outside', 'open', () => post('eve', '/return'), 404, 'PARTICIPANT_NOT_FOUND'],
    [
      'a type of assignment that is not the host’s',
      'open',
      () =>
        post('ada', '/assign', { participant_user_id: 'x', breakout_room_id: 'y', assignment_type: 'auto' }),
      400,
      'VALIDATION_FAILED',
    ],
    [
      'a broadcast to none',
      '',
      () => post('ada', '/broadcast', { content: 'x' }),
      409,
      'BREAKOUT_ROOMS_NOT_OPEN',
    ],
    [
      'a broadcast by a participant',
      'open',
      () => post('grace', '/broadcast', { content: 'x' }),
      403,
      'INSUFFICIENT_PERMISSION',
    ],
    [
      'a broadcast of nothing',
      'open',
      () => post('ada', '/broadcast', { content: ' ' }),
      400,
      'VALIDATION_FAILED',
    ],
    ['rooms of a meeting that has ended', 'end', () => post('ada', '', REQUEST), 410, 'MEETING_ENDED'],
  ])('%s is refused', async (_what, before, act, status, code) => {
    if (before === 'open') await open();
    if (before === 'end') await api.as('ada').post(`/api/v1/meetings/${id}/end`);
    const answer = (await act()) as { body: { details: object } };
    expect(answer).toMatchObject({ status, body: { status: 'error', code } });
  });

  it('a meeting that does not exist, or has not begun, has none', async () => {
    const real = id;
    id = 'nowhere';
    expect(await post('ada', '', REQUEST)).toMatchObject({
      status: 404,
      body: { code: 'MEETING_NOT_FOUND' },
    });
    expect(await api.as('ada').get(path())).toMatchObject({ status: 404 });
    id = await api.meeting('ada', {}, false);
    expect(await post('ada', '', REQUEST)).toMatchObject({
      status: 400,
      body: { code: 'MEETING_NOT_ACTIVE' },
    });
    id = real;
  });
});
