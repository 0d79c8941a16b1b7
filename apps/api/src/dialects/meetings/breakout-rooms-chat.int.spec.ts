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

describe('the meetings dialect: what is written in breakout rooms', () => {
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
  const assign = (by: string, userId: string, room: Room | undefined) =>
    post(by, '/assign', { participant_user_id: userId, breakout_room_id: room?.room_id });

  const say = (userId: string, content: string, more = {}) =>
    api.as(userId).post<{ data: object }>(`/api/v1/meetings/${id}/chat`, { content, ...more });
  const seen = async (userId: string, claims = {}): Promise<string[]> => {
    const { body } = await api
      .as(userId, claims)
      .get<{ data: { content: string }[] }>(`/api/v1/meetings/${id}/chat`);
    return body.data.map(message => message.content);
  };

  it('is kept for those who were in the room at some time, besides what was said to all', async () => {
    const [red, blue] = await open();
    await say('grace', 'main');
    await assign('ada', 'grace', red);
    await assign('ada', 'edsger', red);
    await assign('ada', 'alan', blue);
    expect((await say('grace', 'in red')).body.data).toMatchObject({ breakout_room_id: red?.room_id });
    await say('alan', 'in blue');
    await say('edsger', 'psst', { recipient_id: 'alan' });
    const { status, body } = await post('ada', '/broadcast', { content: 'Two more minutes!' });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      content: 'Two more minutes!',
      is_private: false,
      is_broadcast: true,
    });
    await api.as('ada').send(path(), { method: 'DELETE' });
    await say('grace', 'main again');
    const all = ['main', 'Two more minutes!', 'main again'];
    expect(await seen('grace')).toEqual(['main', 'in red', 'Two more minutes!', 'main again']);
    expect(await seen('edsger')).toEqual(['main', 'in red', 'psst', 'Two more minutes!', 'main again']);
    expect(await seen('alan')).toEqual(['main', 'in blue', 'psst', 'Two more minutes!', 'main again']);
    for (const [userId, claims] of [['ada'], ['barbara'], ['root', { roles: ['admin'] }]] as const) {
      expect(await seen(userId, claims)).toEqual(all);
    }
  });

  it('is not lost on who visited a room before and after', async () => {
    const [red] = await open();
    await assign('ada', 'edsger', red);
    await say('edsger', 'before you came');
    await assign('ada', 'grace', red);
    await post('grace', '/return');
    await say('edsger', 'after you went');
    expect(await seen('grace')).toEqual(['before you came', 'after you went']);
  });
});
