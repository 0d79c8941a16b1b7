import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Chat, Meeting } from '#libs/domain';
import { Aggregates } from '../../../platform/aggregates.js';
import { RunningApi } from '../../../testing/running-api.js';
import type { SignallingClient } from '../../../testing/signalling-client.js';

describe('breakout rooms over signalling', () => {
  let api: RunningApi;
  let meeting_id: string;
  let rooms: { room_id: string; name: string }[];
  let ada: SignallingClient;
  let grace: SignallingClient;
  let edsger: SignallingClient;
  const ids: Record<string, string> = {};
  const all = (): SignallingClient[] => [ada, grace, edsger];

  beforeAll(async () => {
    api = await RunningApi.start();
  }, 90_000);
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });
  beforeEach(async () => {
    meeting_id = await api.meeting('ada');
    [ada, grace, edsger] = [
      await api.connect('ada'),
      await api.connect('grace'),
      await api.connect('edsger'),
    ];
    for (const [name, client] of Object.entries({ ada, grace, edsger })) {
      ids[name] = String((await client.do('join_meeting', { meeting_id })).your_participant_id);
    }
  });
  afterEach(async () => {
    for (const client of all()) await client.close();
  });

  const path = (rest = ''): string => `/api/v1/meetings/${meeting_id}/breakout-rooms${rest}`;
  const open = async (
    body: object = { room_count: 2, allow_participants_to_choose: true },
  ): Promise<void> => {
    const { body: answer } = await api.as('ada').post<{ data: typeof rooms }>(path(), body);
    rooms = answer.data;
  };
  const go = (userId: string, room = 0) => api.as(userId).post(path(`/${rooms[room]?.room_id}/join`), {});
  const goBack = (userId: string) => api.as(userId).post(path('/return'), {});
  const close = () => api.as('ada').send(path(), { method: 'DELETE' });
  const say = (client: SignallingClient, content: string) =>
    client.do('send_chat_message', { meeting_id, message: { type: 'text', content } });
  /** What was pushed before this has come to everybody, wherever they are. */
  const settle = async (): Promise<void> => {
    const content = `settled ${Math.random()}`;
    const isOpen = (await api.as('ada').get<{ data: unknown[] }>(path())).body.data.length > 0;
    if (isOpen) expect((await api.as('ada').post(path('/broadcast'), { content })).status).toBe(200);
    else await say(ada, content);
    for (const client of all()) await client.next('chat_message_received', push => push.content === content);
  };
  it('their opening, the warning and their closing are told to all, and shown to who joins meanwhile', async () => {
    const parts = api.part(Aggregates);
    await open({
      room_count: 1,
      rooms: [{ name: 'Red', description: 'Plans', capacity: 5 }],
      allow_participants_to_choose: true,
      allow_participants_to_return: false,
      time_limit_minutes: 30,
    });
    const opened = {
      rooms: [{ room_id: rooms[0]?.room_id, name: 'Red', description: 'Plans', capacity: 5 }],
      participants_may_choose: true,
      participants_may_return: false,
      closes_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    };
    for (const client of all()) expect(await client.next('breakout_rooms_opened')).toEqual(opened);
    const late = await api.connect('late');
    expect(await late.do('join_meeting', { meeting_id })).toMatchObject({
      meeting_info: { breakout: opened },
    });
    const { closesAt = '' } = (await parts.state(Meeting, meeting_id)).breakout ?? {};
    const announce = { type: 'AnnounceBreakoutRoomsClose', closesAt } as const;
    await parts.execute(Meeting, meeting_id, announce, parts.ownContext());
    for (const client of all()) {
      expect(await client.next('breakout_rooms_closing')).toEqual({ closes_at: closesAt });
    }
    await close();
    for (const client of all())
      expect(await client.next('breakout_rooms_closed')).toEqual({ reason: 'closed' });
    expect(await late.do('join_meeting', { meeting_id })).toMatchObject({ meeting_info: { breakout: null } });
    await late.close();
  });

  it('a message reaches those in the room where it is said, a broadcast all, a private one the two', async () => {
    await open();
    await go('grace');
    await go('edsger');
    await say(ada, 'in the main room');
    const { message_id } = await say(grace, 'in red');
    await api.as('ada').post(path('/broadcast'), { content: 'to all' });
    await edsger.do('send_chat_message', {
      meeting_id,
      message: { type: 'text', content: 'psst', is_private: true, recipient_id: 'ada' },
    });
    await settle();
    const heard = (client: SignallingClient) =>
      client
        .pushed('chat_message_received')
        .map(push => String(push.content))
        .filter(content => !content.startsWith('settled'));
    expect(heard(ada)).toEqual(['in the main room', 'to all', 'psst']);
    expect(heard(grace)).toEqual(['in red', 'to all']);
    expect(heard(edsger)).toEqual(['in red', 'to all', 'psst']);
    expect(await edsger.next('chat_message_received', push => push.message_id === message_id)).toMatchObject({
      breakout_room_id: rooms[0]?.room_id,
    });
    expect(await edsger.next('chat_message_received', push => push.content === 'to all')).toMatchObject({
      is_broadcast: true,
    });
    const again = await (await api.connect('edsger')).do('join_meeting', { meeting_id });
    expect(
      (again.messages as { content: string }[])
        .map(message => message.content)
        .filter(content => !content.startsWith('settled')),
    ).toEqual(['in the main room', 'in red', 'to all', 'psst']);
  });

  it('whoever is moved while writing sees what they wrote, once, and so do those left behind', async () => {
    await open();
    await go('grace');
    await go('edsger');
    const parts = api.part(Aggregates);
    const by = { userId: 'grace', name: 'grace', roles: [] };
    await goBack('grace');
    // As it was decided just before.
    const message = {
      content: 'late',
      messageType: 'text',
      breakoutRoomId: String(rooms[0]?.room_id),
    } as const;
    const sender = {
      senderParticipantId: String(ids.grace),
      senderName: 'grace',
      mayWrite: true,
      moderates: false,
    };
    const command = { type: 'SendMessage', meetingId: meeting_id, messageId: `late-${meeting_id}` } as const;
    const context = { by, requestId: 'req_test' };
    await parts.execute(Chat, meeting_id, { ...command, ...message, ...sender }, context);
    await settle();
    const late = (client: SignallingClient) =>
      client.pushed('chat_message_received').filter(push => push.content === 'late').length;
    expect(all().map(late)).toEqual([0, 1, 1]);
  });

  it('offers between browsers are not passed on into another room', async () => {
    await open();
    await go('grace');
    const offer = { meeting_id, target_participant_id: ids.grace, offer: { type: 'offer', sdp: 'v=0' } };
    expect(await ada.ask('webrtc_offer', offer)).toMatchObject({ error: { code: 'PARTICIPANT_NOT_FOUND' } });
    await go('edsger');
    await edsger.do('webrtc_offer', offer);
    await settle();
    expect(grace.pushed('webrtc_offer')).toHaveLength(1);
  });

  it('a reaction is seen by those in the same room', async () => {
    await open();
    await go('grace');
    await go('edsger');
    await grace.do('send_reaction', { meeting_id, reaction_type: 'thumbs_up', duration: 3 });
    expect(await edsger.next('reaction')).toEqual({
      participant_id: ids.grace,
      user_id: 'grace',
      reaction_type: 'thumbs_up',
      duration: 3,
    });
    await settle();
    expect(ada.pushed('reaction')).toEqual([]);
  });

  it('the end of the meeting closes them first', async () => {
    await open();
    await go('grace');
    await api.as('ada').post(`/api/v1/meetings/${meeting_id}/end`);
    for (const client of all()) {
      await client.next('meeting_ended');
      expect(client.pushed('breakout_rooms_closed')).toEqual([{ reason: 'meeting-ended' }]);
    }
  });
});
