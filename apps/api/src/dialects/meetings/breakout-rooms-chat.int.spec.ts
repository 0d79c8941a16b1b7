import { describe, expect, it } from '@jest/globals';
import { breakoutRoomsBed } from './breakout-rooms-for-tests.js';

describe('the meetings dialect: what is written in breakout rooms', () => {
  const bed = breakoutRoomsBed();
  const { path, post, open, assign } = bed;

  const say = (userId: string, content: string, more = {}) =>
    bed.api.as(userId).post<{ data: object }>(`/api/v1/meetings/${bed.id}/chat`, { content, ...more });
  const seen = async (userId: string, claims = {}): Promise<string[]> => {
    const { body } = await bed.api
      .as(userId, claims)
      .get<{ data: { content: string }[] }>(`/api/v1/meetings/${bed.id}/chat`);
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
    await bed.api.as('ada').send(path(), { method: 'DELETE' });
    await say('grace', 'main again');
    const all = ['main', 'Two more minutes!', 'main again'];
    expect(await seen('grace')).toEqual(['main', 'in red', 'Two more minutes!', 'main again']);
    expect(await seen('edsger')).toEqual(['main', 'in red', 'psst', 'Two more minutes!', 'main again']);
    expect(await seen('alan')).toEqual(['main', 'in blue', 'psst', 'Two more minutes!', 'main again']);
    for (const [userId, claims] of [['ada'], ['barbara'], ['root', { roles: ['admin'] }]] as const) {
      expect(await seen(userId, claims)).toEqual(all);
    }
  });

  it('a repeat of what was said to all answers the same after the rooms are closed', async () => {
    await open();
    const key = { 'idempotency-key': 'once' };
    const broadcast = () => post('ada', '/broadcast', { content: 'Hear ye' }, key);
    const first = await broadcast();
    await bed.api.as('ada').send(path(), { method: 'DELETE' });
    const again = await broadcast();
    expect([again.status, again.body.data]).toEqual([200, first.body.data]);
    expect((await post('ada', '/broadcast', { content: 'Hear ye' })).status).toBe(409);
    expect((await seen('ada')).filter(content => content === 'Hear ye')).toHaveLength(1);
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
