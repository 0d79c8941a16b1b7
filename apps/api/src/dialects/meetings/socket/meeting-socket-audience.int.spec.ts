import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { RawSocketClient } from '../../../testing/raw-socket-client.js';
import { MeetingSockets, pushed, pushes, told } from './meeting-sockets-for-tests.js';

describe('who hears what over a meeting’s socket', () => {
  let sockets: MeetingSockets;
  beforeAll(async () => {
    sockets = await MeetingSockets.start();
  }, 60_000);
  afterEach(() => sockets.clear());
  afterAll(() => sockets.stop());

  describe('a waiting room', () => {
    const waiting = async (): Promise<{ id: string; ada: RawSocketClient; grace: RawSocketClient }> => {
      const id = await sockets.api.meeting('ada', { waiting_room_enabled: true });
      const [ada, grace] = [await sockets.join('ada', id), await sockets.open('grace', id)];
      expect(await grace.ask({ type: 'join', data: { join_muted: true } })).toMatchObject({
        type: 'ack',
        data: { waiting: true },
      });
      const push = await pushed(ada, 'participant_waiting');
      expect(push).toMatchObject({
        user_id: 'grace',
        data: { user_id: 'grace', user_name: 'Name of grace' },
      });
      expect(await pushed(grace, 'participant_waiting')).toEqual(push);
      return { id, ada, grace };
    };

    it('whoever is admitted is told so, and is in as they wished', async () => {
      const { id, ada, grace } = await waiting();
      await sockets.rest('ada', 'post', `${id}/waiting-room/grace/admit`);
      expect((await pushed(grace, 'admitted')).data).toMatchObject({ admitted_by: 'ada' });
      expect((await pushed(grace, 'join', 'grace')).data).toMatchObject({ is_muted: true });
      expect((await pushed(ada, 'participant_stopped_waiting')).data).toMatchObject({
        user_id: 'grace',
        reason: 'admitted',
      });
      expect(pushes(grace).map(({ type }) => type)).toEqual(['participant_waiting', 'admitted', 'join']);
      expect(await grace.ask({ type: 'chat', data: { content: 'I am in' } })).toMatchObject({ type: 'ack' });
    });

    it('whoever is denied is told so', async () => {
      const { id, grace } = await waiting();
      await sockets.rest('ada', 'post', `${id}/waiting-room/grace/deny`);
      expect((await pushed(grace, 'denied')).data).toMatchObject({ denied_by: 'ada' });
      expect(await grace.ask({ type: 'join' })).toMatchObject({ data: { code: 'JOIN_DENIED' } });
    });

    it('whoever goes waits no more, and is not let in afterwards', async () => {
      const { id, ada, grace } = await waiting();
      expect(await grace.ask({ type: 'leave' })).toMatchObject({ type: 'ack' });
      expect((await pushed(ada, 'participant_stopped_waiting')).data).toMatchObject({ reason: 'left' });
      const { status } = await sockets.rest('ada', 'post', `${id}/waiting-room/grace/admit`);
      expect(status).toBe(404);
    });

    it('who is in and runs nothing hears nothing of it', async () => {
      const id = await sockets.api.meeting('ada');
      const [ada, edsger] = [await sockets.join('ada', id), await sockets.join('edsger', id)];
      await sockets.api
        .as('ada')
        .post(`/api/v1/meetings/${id}/security/policy`, { require_waiting_room: true });
      await pushed(edsger, 'policy_update');
      await (await sockets.open('grace', id)).ask({ type: 'join' });
      expect(await told(ada, ada, edsger)).toEqual([
        ['join', 'join', 'policy_update', 'participant_waiting'],
        ['join', 'policy_update'],
      ]);
    });
  });

  it('breakout rooms: each hears their own room, and everybody who is where', async () => {
    const id = await sockets.api.meeting('ada');
    const [ada, grace, edsger] = [
      await sockets.join('ada', id),
      await sockets.join('grace', id),
      await sockets.join('edsger', id),
    ];
    const { body } = await sockets.api
      .as('ada')
      .post<{ data: { room_id: string }[] }>(`/api/v1/meetings/${id}/breakout-rooms`, { room_count: 2 });
    const [one, two] = body.data.map(({ room_id }) => room_id);
    const assign = (participant_user_id: string, breakout_room_id?: string): Promise<{ status: number }> =>
      sockets.rest('ada', 'post', `${id}/breakout-rooms/assign`, {
        participant_user_id,
        breakout_room_id,
        assignment_type: 'manual',
      });
    const say = (by: RawSocketClient, content: string): Promise<unknown> =>
      by.ask({ type: 'chat', data: { content } });
    await assign('grace', one);
    await Promise.all([say(grace, 'in one'), say(ada, 'in the main room'), say(edsger, 'there as well')]);
    await say(grace, 'just before the move');
    await assign('edsger', one);
    await say(grace, 'after it');
    await assign('grace', two);
    await say(edsger, 'alone');
    await sockets.rest('ada', 'post', `${id}/breakout-rooms/broadcast`, { content: 'to all' });
    await sockets.api.as('ada').send(`/api/v1/meetings/${id}/breakout-rooms`, { method: 'DELETE' });
    await told(ada, ada, grace, edsger);
    const heard = (client: RawSocketClient): string[] =>
      client
        .of('chat')
        .map(({ data }) => (data as { content: string }).content)
        .slice(0, -1)
        .sort();
    expect(heard(ada)).toEqual(['in the main room', 'there as well', 'to all']);
    expect(heard(grace)).toEqual(['after it', 'in one', 'just before the move', 'to all']);
    expect(heard(edsger)).toEqual(['after it', 'alone', 'in the main room', 'there as well', 'to all']);
    for (const client of [ada, grace, edsger]) {
      expect(client.of('breakout_rooms_opened')).toHaveLength(1);
      expect(client.of('breakout_room_assigned').map(({ user_id }) => user_id)).toEqual([
        'grace',
        'edsger',
        'grace',
      ]);
      expect(client.of('breakout_rooms_closed')).toMatchObject([
        { data: { reason: 'closed', closed_by: 'ada' } },
      ]);
    }
  });

  it('whoever is removed is told so last, on all devices', async () => {
    const id = await sockets.api.meeting('ada');
    const [ada, grace] = [await sockets.join('ada', id), await sockets.join('grace', id)];
    const second = await sockets.open('grace', id);
    await sockets.api.as('ada').post(`/api/v1/meetings/${id}/security/policy`, { blocked_users: ['grace'] });
    for (const client of [ada, grace, second])
      expect((await pushed(client, 'leave', 'grace')).data).toMatchObject({ reason: 'removed' });
    await ada.ask({ type: 'chat', data: { content: 'not for her' } });
    expect(await grace.ask({ type: 'join' })).toMatchObject({ data: { code: 'JOIN_DENIED' } });
    expect([grace, second].map(client => pushes(client).at(-1)?.type)).toEqual(['leave', 'leave']);
  });
});
