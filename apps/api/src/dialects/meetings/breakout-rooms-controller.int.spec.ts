import { describe, expect, it } from '@jest/globals';
import { breakoutRoomsBed, REQUEST, type Room } from './breakout-rooms-for-tests.js';

const ULID = /^[0-9A-HJKMNP-TV-Z]{26}$/;
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
describe('the meetings dialect: breakout rooms', () => {
  const bed = breakoutRoomsBed();
  const { path, post, open, rooms, people, assign } = bed;

  it('are opened by the request of the document and answered field by field as it says', async () => {
    const { status, body } = await bed.api.as('ada').post(path(), REQUEST);
    expect(status).toBe(200);
    const room = { room_id: expect.stringMatching(ULID), current_participants: 0, is_active: true };
    const data = [
      {
        ...room,
        name: 'Breakout Room 1',
        description: 'Discussion group for project planning',
        capacity: 5,
      },
      { ...room, name: 'Breakout Room 2', description: null, capacity: null },
      { ...room, name: 'Breakout Room 3', description: null, capacity: null },
    ];
    expect(body).toEqual({
      status: 'success',
      message: 'Breakout rooms created successfully',
      data,
      timestamp: time,
    });
    expect((await bed.api.as('grace').get(path())).body).toEqual({
      status: 'success',
      message: 'Breakout rooms retrieved successfully',
      data: data.map(one => ({ ...one, participants: [] })),
      timestamp: time,
    });
  });

  it('need a count alone; the settings that are not given let everybody write and share', async () => {
    await open({ room_count: 2 });
    const [red] = await rooms();
    await assign('ada', 'grace', red);
    expect(await bed.api.as('grace').post(`/api/v1/meetings/${bed.id}/chat`, { content: 'x' })).toMatchObject(
      {
        status: 200,
      },
    );
    const status = `/api/v1/meetings/${bed.id}/participants/status`;
    expect(await bed.api.as('grace').put(status, { is_screen_sharing: true })).toMatchObject({ status: 200 });
  });

  it('may forbid writing and sharing in one room', async () => {
    const settings = { allow_chat: false, allow_screen_share: false };
    const [red] = await open({ room_count: 1, rooms: [{ name: 'Red', settings }] });
    await assign('ada', 'grace', red);
    expect(await bed.api.as('grace').post(`/api/v1/meetings/${bed.id}/chat`, { content: 'x' })).toMatchObject(
      {
        status: 403,
        body: { code: 'CHAT_DISABLED' },
      },
    );
    const status = `/api/v1/meetings/${bed.id}/participants/status`;
    expect(await bed.api.as('grace').put(status, { is_screen_sharing: true })).toMatchObject({
      status: 403,
      body: { code: 'SCREEN_SHARE_DISABLED' },
    });
  });

  it('take in those whom the host assigns, as the document says', async () => {
    const [red, blue] = await open();
    const { status, body } = await post('ada', '/assign', {
      participant_user_id: 'grace',
      breakout_room_id: red?.room_id,
      assignment_type: 'manual',
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      status: 'success',
      message: 'Participant assigned to breakout room successfully',
      data: { participant_user_id: 'grace', breakout_room_id: red?.room_id },
      timestamp: time,
    });
    expect((await rooms())[0]).toMatchObject({
      current_participants: 1,
      participants: [{ participant_id: expect.stringMatching(ULID), user_id: 'grace', user_name: 'GRACE' }],
    });
    await assign('ada', 'grace', blue);
    expect(await people()).toEqual([[], ['grace'], []]);
  });

  it('spread people evenly, at once or later; host and co-hosts stay', async () => {
    const opened = await open({ room_count: 2, auto_assign: true });
    expect(opened.map(room => room.current_participants)).toEqual([2, 2]);
    expect((await people()).flat().sort()).toEqual(['alan', 'barbara', 'edsger', 'grace']);
    await bed.api.as('late').post(`/api/v1/meetings/${bed.id}/join`, {});
    const { status, body } = await post('ada', '/auto-assign');
    expect(status).toBe(200);
    expect((body.data as Room[]).map(room => room.current_participants).sort()).toEqual([2, 3]);
  });

  it('may be chosen and left by participants, where that is allowed', async () => {
    const [red] = await open();
    const joined = await post('grace', `/${red?.room_id}/join`);
    expect(joined).toMatchObject({
      status: 200,
      body: { data: { participant_user_id: 'grace', breakout_room_id: red?.room_id } },
    });
    expect(await people()).toEqual([['grace'], [], []]);
    expect(await post('grace', '/return')).toMatchObject({
      status: 200,
      body: { data: { participant_user_id: 'grace', breakout_room_id: null } },
    });
    expect(await people()).toEqual([[], [], []]);
  });

  it('are neither chosen nor left where that is not allowed; the host brings people back', async () => {
    const [red] = await open({ room_count: 1, allow_participants_to_return: false });
    const refused = { status: 403, body: { code: 'INSUFFICIENT_PERMISSION' } };
    expect(await post('grace', `/${red?.room_id}/join`)).toMatchObject(refused);
    await assign('ada', 'grace', red);
    expect(await post('grace', '/return')).toMatchObject(refused);
    expect(await post('grace', '/return', { participant_user_id: 'edsger' })).toMatchObject(refused);
    expect(await post('ada', '/return', { participant_user_id: 'grace' })).toMatchObject({ status: 200 });
    expect(await people()).toEqual([[]]);
  });

  it('are closed by the host: everybody is back, and new ones may be opened', async () => {
    await open({ room_count: 2, auto_assign: true });
    const closed = await bed.api.as('ada').send(path(), { method: 'DELETE' });
    expect(closed).toMatchObject({
      status: 200,
      body: { data: { meeting_id: bed.id, closed_by: 'ada', closed_at: time } },
    });
    expect(await rooms()).toEqual([]);
    expect(await open({ room_count: 1 })).toHaveLength(1);
  });

  it('are shown to outsiders not at all, and to who has left without names', async () => {
    await open({ room_count: 1, auto_assign: true });
    expect(await bed.api.as('eve').get(path())).toMatchObject({ status: 403 });
    await bed.api.as('grace').post(`/api/v1/meetings/${bed.id}/leave`);
    const [room] = await rooms('grace');
    expect(room).toMatchObject({ current_participants: 3 });
    expect(room).not.toHaveProperty('participants');
  });

  it('a repeat with the same Idempotency-Key opens nothing and answers the same, after closing too', async () => {
    const key = { 'idempotency-key': 'once' };
    const body = { room_count: 2, auto_assign: true };
    const first = await post('ada', '', body, key);
    await bed.api.as('ada').send(path(), { method: 'DELETE' });
    const again = await post('ada', '', body, key);
    expect(again).toMatchObject({ status: 200, body: { data: first.body.data } });
    expect(await rooms()).toEqual([]);
  });

  it('take nobody beyond their capacity: 403 BREAKOUT_ROOM_FULL', async () => {
    const [red] = await open({ room_count: 1, rooms: [{ capacity: 1 }] });
    await assign('ada', 'grace', red);
    expect(await assign('ada', 'edsger', red)).toMatchObject({
      status: 403,
      body: { code: 'BREAKOUT_ROOM_FULL', details: { capacity: 1 } },
    });
    expect(await assign('ada', 'grace', red)).toMatchObject({ status: 200 });
  });
});
