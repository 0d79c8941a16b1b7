import { describe, expect, it } from '@jest/globals';
import { breakoutRoomsBed, REQUEST } from './breakout-rooms-for-tests.js';

describe('the meetings dialect: breakout rooms that are refused', () => {
  const bed = breakoutRoomsBed();
  const { path, post, open, rooms, assign } = bed;

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
      () => bed.api.as('grace').send(path(), { method: 'DELETE' }),
      403,
      'INSUFFICIENT_PERMISSION',
    ],
    [
      'closing what is not open',
      '',
      () => bed.api.as('ada').send(path(), { method: 'DELETE' }),
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
    if (before === 'end') await bed.api.as('ada').post(`/api/v1/meetings/${bed.id}/end`);
    const answer = (await act()) as { body: { details: object } };
    expect(answer).toMatchObject({ status, body: { status: 'error', code } });
  });

  it('a meeting that does not exist, or has not begun, has none', async () => {
    const real = bed.id;
    bed.id = 'nowhere';
    expect(await post('ada', '', REQUEST)).toMatchObject({
      status: 404,
      body: { code: 'MEETING_NOT_FOUND' },
    });
    expect(await bed.api.as('ada').get(path())).toMatchObject({ status: 404 });
    bed.id = await bed.api.meeting('ada', {}, false);
    expect(await post('ada', '', REQUEST)).toMatchObject({
      status: 400,
      body: { code: 'MEETING_NOT_ACTIVE' },
    });
    bed.id = real;
  });
});
