import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { RawSocketClient } from '../../../testing/raw-socket-client.js';
import { until } from '../../../testing/until.js';
import { MeetingSockets, pushed, pushes, told } from './meeting-sockets-for-tests.js';

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

describe('messages over a meeting’s socket', () => {
  let sockets: MeetingSockets;
  beforeAll(async () => {
    sockets = await MeetingSockets.start();
  }, 60_000);
  afterEach(() => sockets.clear());
  afterAll(() => sockets.stop());

  describe('between two who are in', () => {
    let id: string;
    let ada: RawSocketClient;
    let grace: RawSocketClient;
    const open = async (): Promise<void> => {
      id = await sockets.api.meeting('ada');
      [ada, grace] = [await sockets.join('ada', id), await sockets.join('grace', id)];
    };
    const answered = async (type: string, data: object, by = grace): Promise<unknown> => {
      const answer = await by.ask({ type, data });
      const user_id = by === ada ? 'ada' : 'grace';
      expect(answer).toEqual({
        type: 'ack',
        id: answer.id,
        meeting_id: id,
        user_id,
        data: answer.data,
        timestamp: TIME,
      });
      return answer.data;
    };

    it('join is answered as REST answers it, and pushed as the document shows it', async () => {
      id = await sockets.api.meeting('ada');
      [ada, grace] = [await sockets.join('ada', id), await sockets.open('grace', id)];
      const data = {
        user_id: 'grace',
        user_role: 'host',
        device_info: { device_type: 'Tablet', browser_info: 'Chrome/91.0' },
        joined_at: '2024-01-15T10:05:00Z',
        join_muted: true,
        join_without_video: true,
      };
      const joined = await answered('join', data);
      expect(joined).toEqual({
        participant_id: expect.any(String),
        meeting_id: id,
        user_id: 'grace',
        role: 'attendee',
        status: 'joined',
        is_muted: true,
        is_video_enabled: false,
        joined_at: TIME,
      });
      const push = await pushed(ada, 'join', 'grace');
      expect(push).toEqual({
        type: 'join',
        meeting_id: id,
        user_id: 'grace',
        data: {
          user_id: 'grace',
          user_role: 'attendee',
          device_info: { device_type: 'tablet', browser_info: null },
          joined_at: (joined as { joined_at: string }).joined_at,
          participant_id: (joined as { participant_id: string }).participant_id,
          user_name: 'Name of grace',
          is_muted: true,
          is_video_enabled: false,
        },
        timestamp: TIME,
        position: expect.any(Number),
      });
      expect(await pushed(grace, 'join', 'grace')).toEqual(push);
      // Once in, joining again changes nothing.
      expect(await answered('join', {})).toEqual(joined);
    });

    it('participant_update: every change is pushed with all that others see of the participant', async () => {
      await open();
      expect(await answered('participant_update', { is_muted: true, is_video_enabled: true })).toEqual({
        is_muted: true,
        is_video_enabled: true,
        is_screen_sharing: false,
        is_hand_raised: false,
        is_in_waiting_room: false,
      });
      const push = await pushed(ada, 'participant_update');
      expect(push).toMatchObject({
        user_id: 'grace',
        data: { is_muted: true, is_video_enabled: true, is_hand_raised: false, changed_by: 'grace' },
      });
      expect(await pushed(grace, 'participant_update')).toEqual(push);
    });

    it('participant_update of another: a host quietens, and nobody else', async () => {
      await open();
      await answered('participant_update', { is_muted: false });
      expect(
        await answered('participant_update', { is_muted: true, participant_user_id: 'grace' }, ada),
      ).toMatchObject({
        is_muted: true,
      });
      expect(await pushed(grace, 'participant_update', 'grace')).toMatchObject({
        data: { is_muted: true, changed_by: 'ada' },
      });
      for (const [by, data, code] of [
        [ada, { is_muted: false, participant_user_id: 'grace' }, 'INSUFFICIENT_PERMISSION'],
        [grace, { is_muted: true, participant_user_id: 'ada' }, 'INSUFFICIENT_PERMISSION'],
        [ada, { is_muted: true, participant_user_id: 'nobody' }, 'PARTICIPANT_NOT_FOUND'],
      ] as const) {
        expect(await by.ask({ type: 'participant_update', data })).toMatchObject({
          type: 'error',
          data: { code },
        });
      }
    });

    it('hand_raise', async () => {
      await open();
      expect(await answered('hand_raise', { is_hand_raised: true })).toMatchObject({ is_hand_raised: true });
      expect(await pushed(ada, 'hand_raise')).toMatchObject({
        user_id: 'grace',
        data: { is_hand_raised: true },
      });
      await answered('hand_raise', { is_hand_raised: false });
      await ada.next(
        'a lowered hand',
        ({ data }) => (data as Record<string, unknown>).is_hand_raised === false,
      );
    });

    it('reaction', async () => {
      await open();
      expect(await answered('reaction', { reaction_type: 'thumbs_up', duration: 3 })).toEqual({});
      expect(await pushed(ada, 'reaction')).toMatchObject({
        user_id: 'grace',
        data: { reaction_type: 'thumbs_up', duration: 3 },
      });
      expect(await grace.ask({ type: 'reaction', data: { reaction_type: 'x'.repeat(33) } })).toMatchObject({
        data: { code: 'VALIDATION_FAILED', details: { 'data.reaction_type': expect.any(String) } },
      });
    });

    it('chat: text and file, to all and to one, as over REST', async () => {
      await open();
      const edsger = await sockets.join('edsger', id);
      const file = {
        message_type: 'file',
        file_url: 'https://files.example.com/plan.pdf',
        file_name: 'plan.pdf',
        file_type: 'application/pdf',
        file_size: 1234,
      };
      const sent = await answered('chat', {
        content: 'the plan',
        sender_id: 'grace',
        sender_name: 'x',
        ...file,
      });
      expect(sent).toEqual({
        message_id: expect.any(String),
        content: 'the plan',
        sender_id: 'grace',
        sender_name: 'Name of grace',
        ...file,
        is_private: false,
        timestamp: TIME,
      });
      expect((await pushed(edsger, 'chat')).data).toEqual(sent);
      await answered('chat', { content: 'psst', recipient_id: 'ada', is_private: true });
      await answered('chat', { content: 'mine', recipient_id: 'grace' }, ada);
      await told(ada, ada, grace, edsger);
      const contents = [ada, grace, edsger].map(client =>
        client
          .of('chat')
          .map(({ data }) => (data as { content: string }).content)
          .slice(0, -1),
      );
      expect(contents).toEqual([['the plan', 'psst', 'mine'], ['the plan', 'psst', 'mine'], ['the plan']]);
      for (const [data, field] of [
        [{ content: 'x', is_private: true }, 'data.recipient_id'],
        [{ content: 'x', is_private: false, recipient_id: 'ada' }, 'data.is_private'],
        [{ content: 'x', message_type: 'file' }, 'data.file_url'],
        [{ content: 'x', file_url: 'https://x.example.com' }, 'data.message_type'],
        [{ content: ' ' }, 'data.content'],
      ] as const) {
        expect(await grace.ask({ type: 'chat', data })).toMatchObject({
          data: { code: 'VALIDATION_FAILED', details: { [field]: expect.any(String) } },
        });
      }
      expect(await grace.ask({ type: 'chat', data: { content: 'x', recipient_id: 'nobody' } })).toMatchObject(
        {
          data: { code: 'PARTICIPANT_NOT_FOUND' },
        },
      );
    });

    it('leave: the last thing one hears of the meeting, until one joins again', async () => {
      await open();
      const second = await sockets.open('grace', id);
      expect(await answered('leave', {})).toEqual({ meeting_id: id, left_at: TIME, duration_minutes: 0 });
      for (const client of [ada, grace, second])
        expect((await pushed(client, 'leave', 'grace')).data).toMatchObject({
          user_id: 'grace',
          reason: 'left',
        });
      await ada.ask({ type: 'chat', data: { content: 'she is gone' } });
      expect(await grace.ask({ type: 'chat', data: { content: 'hello?' } })).toMatchObject({
        data: { code: 'INSUFFICIENT_PERMISSION' },
      });
      await answered('join', {});
      await ada.ask({ type: 'chat', data: { content: 'she is back' } });
      for (const client of [grace, second]) {
        await client.next('back', ({ data }) => (data as Record<string, unknown>).content === 'she is back');
        expect(client.of('chat')).toHaveLength(1);
      }
    });

    it('ping is answered with pong and its id, and nothing is pushed', async () => {
      await open();
      const pong = await grace.ask({
        type: 'ping',
        meeting_id: id,
        user_id: 'grace',
        data: {},
        timestamp: '2024',
      });
      expect(pong).toEqual({
        type: 'pong',
        id: pong.id,
        meeting_id: id,
        user_id: 'grace',
        data: {},
        timestamp: TIME,
      });
      grace.send({ type: 'ping' });
      await until('another pong', () => grace.of('pong').length === 2);
    });
  });

  it('whoever is not in is told nothing, and may do nothing but join', async () => {
    const id = await sockets.api.meeting('ada');
    const [ada, eve] = [await sockets.join('ada', id), await sockets.open('eve', id)];
    for (const [type, data] of [
      ['chat', { content: 'x' }],
      ['participant_update', { is_muted: true }],
      ['hand_raise', { is_hand_raised: true }],
      ['reaction', { reaction_type: 'x' }],
    ] as const)
      expect(await eve.ask({ type, data })).toMatchObject({ data: { code: 'INSUFFICIENT_PERMISSION' } });
    expect(await eve.ask({ type: 'leave' })).toMatchObject({ data: { code: 'PARTICIPANT_NOT_FOUND' } });
    await ada.ask({ type: 'chat', data: { content: 'secret' } });
    await eve.ask({ type: 'join' });
    await pushed(eve, 'join', 'eve');
    expect(pushes(eve).map(({ type }) => type)).toEqual(['join']);
  });
});
