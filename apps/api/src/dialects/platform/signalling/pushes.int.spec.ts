import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RunningApi } from '../../../testing/running-api.js';
import type { SignallingClient } from '../../../testing/signalling-client.js';

const ULID = /^[0-9A-HJKMNP-TV-Z]{26}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe('what happens in a meeting is pushed to those who may know of it', () => {
  let api: RunningApi;
  let meeting_id: string;
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

  const say = (client: SignallingClient, message: object) =>
    client.ask('send_chat_message', { meeting_id, message: { type: 'text', ...message } });
  /** A message to all that marks a point in everybody's pushes: what was pushed before it has come. */
  const settle = async (): Promise<void> => {
    const { message_id } = await say(ada, { content: 'that was all' });
    for (const client of all())
      await client.next('chat_message_received', push => push.message_id === message_id);
  };

  it.each<[string, object, object]>([
    ['toggle_audio', { is_muted: true }, { is_muted: true }],
    ['toggle_video', { is_video_on: false }, { is_video_on: false }],
    [
      'start_screen_share',
      { screen_info: { width: 1920, height: 1080, frame_rate: 30 } },
      { is_screen_sharing: true },
    ],
    ['raise_hand', { is_hand_raised: true }, { is_hand_raised: true }],
  ])('%s is pushed to all as the whole participant', async (message, change, changed) => {
    expect(await grace.do(message, { meeting_id, ...change })).toEqual({ success: true });
    for (const client of all()) {
      expect(await client.next('participant_updated')).toEqual({
        participant_id: ids.grace,
        user_id: 'grace',
        display_name: 'grace',
        role: 'participant',
        is_muted: false,
        is_video_on: true,
        is_screen_sharing: false,
        is_hand_raised: false,
        breakout_room_id: null,
        ...changed,
      });
    }
  });

  it('what changes nothing is pushed to nobody', async () => {
    await grace.do('toggle_audio', { meeting_id, is_muted: false });
    await grace.do('stop_screen_share', { meeting_id });
    await settle();
    expect(all().flatMap(client => client.pushed('participant_updated'))).toEqual([]);
  });

  it('changes come in the order in which they were made', async () => {
    for (const is_muted of [true, false, true]) await grace.do('toggle_audio', { meeting_id, is_muted });
    await settle();
    for (const client of all()) {
      expect(client.pushed('participant_updated').at(-1)).toMatchObject({ is_muted: true });
    }
  });

  it('a message to all is pushed to all, its sender included, as the document says', async () => {
    const { message_id } = await say(grace, {
      content: 'Hello everyone!',
      reply_to: null,
      is_private: false,
      recipient_id: null,
    });
    expect(message_id).toMatch(ULID);
    for (const client of all()) {
      expect(await client.next('chat_message_received')).toEqual({
        message_id,
        sender_id: 'grace',
        sender_name: 'grace',
        content: 'Hello everyone!',
        timestamp: expect.stringMatching(TIME),
        type: 'text',
        is_private: false,
      });
    }
  });

  it('a reply names what it replies to', async () => {
    const { message_id } = await say(grace, { content: 'Who is there?' });
    await say(edsger, { content: 'I', reply_to: message_id });
    expect(await ada.next('chat_message_received', push => push.content === 'I')).toMatchObject({
      reply_to: message_id,
    });
  });

  it('a private message reaches the two and nobody else, not even the host, now or later', async () => {
    await say(grace, { content: 'psst', is_private: true, recipient_id: 'edsger' });
    const expected = { content: 'psst', is_private: true, recipient_id: 'edsger', sender_id: 'grace' };
    for (const client of [grace, edsger])
      expect(await client.next('chat_message_received')).toMatchObject(expected);
    await settle();
    expect(ada.pushed('chat_message_received').map(push => push.content)).toEqual(['that was all']);
    const later = async (userId: string) => {
      const ack = await (await api.connect(userId)).do('join_meeting', { meeting_id });
      return (ack.messages as { content: string }[]).map(message => message.content);
    };
    expect(await later('edsger')).toEqual(['psst', 'that was all']);
    expect(await later('ada')).toEqual(['that was all']);
    expect(await later('root')).toEqual(['that was all']);
  });

  it.each<[string, object, string]>([
    ['without a recipient', { content: 'x', is_private: true }, 'VALIDATION_FAILED'],
    ['to somebody who is not there', { content: 'x', recipient_id: 'nobody' }, 'PARTICIPANT_NOT_FOUND'],
    [
      'to a name that every object has',
      { content: 'x', recipient_id: 'constructor' },
      'PARTICIPANT_NOT_FOUND',
    ],
    ['that is blank', { content: ' \n ' }, 'VALIDATION_FAILED'],
    ['of 10,001 characters', { content: 'x'.repeat(10_001) }, 'VALIDATION_FAILED'],
  ])('a message %s is refused', async (_what, message, code) => {
    expect(await say(grace, message)).toMatchObject({ success: false, error: { code } });
  });

  it("the host quietens another; nobody else does, and nobody opens another's microphone", async () => {
    const target = { meeting_id, participant_id: ids.grace };
    expect(await edsger.ask('toggle_audio', { ...target, is_muted: true })).toMatchObject({
      error: { code: 'INSUFFICIENT_PERMISSIONS' },
    });
    await ada.do('toggle_audio', { ...target, is_muted: true });
    expect(await grace.next('participant_updated')).toMatchObject({
      participant_id: ids.grace,
      is_muted: true,
    });
    expect(await ada.ask('toggle_audio', { ...target, is_muted: false })).toMatchObject({
      error: { code: 'INSUFFICIENT_PERMISSIONS' },
    });
    expect(
      await ada.ask('toggle_audio', { meeting_id, participant_id: 'nobody', is_muted: true }),
    ).toMatchObject({
      error: { code: 'PARTICIPANT_NOT_FOUND' },
    });
    await grace.do('toggle_audio', { ...target, is_muted: false });
  });

  it.each(['webrtc_offer', 'webrtc_answer', 'ice_candidate'])('%s goes to the target alone', async name => {
    const field = name.slice(name.indexOf('_') + 1);
    const body = {
      type: field,
      sdp: 'v=0\r\no=- 123456789',
      candidate: 'candidate:1 1 UDP',
      sdpMLineIndex: 0,
      sdpMid: '0',
    };
    expect(await grace.do(name, { meeting_id, target_participant_id: ids.edsger, [field]: body })).toEqual({
      success: true,
    });
    expect(await edsger.next(name)).toEqual({ meeting_id, from_participant_id: ids.grace, [field]: body });
    await settle();
    expect([...ada.pushed(name), ...grace.pushed(name)]).toEqual([]);
    expect(
      await grace.ask(name, { meeting_id, target_participant_id: 'nobody', [field]: body }),
    ).toMatchObject({
      error: { code: 'PARTICIPANT_NOT_FOUND' },
    });
  });

  it('the beginning and the end of a recording are pushed to all; only the host and co-hosts may', async () => {
    expect(await grace.ask('start_recording', { meeting_id })).toMatchObject({
      error: { code: 'INSUFFICIENT_PERMISSIONS' },
    });
    const { recording_id } = await ada.do('start_recording', { meeting_id });
    for (const client of all()) expect(await client.next('recording_started')).toEqual({ recording_id });
    expect(await ada.ask('start_recording', { meeting_id })).toMatchObject({
      error: { code: 'RECORDING_ALREADY_ACTIVE', details: { recording_id } },
    });
    expect(await ada.do('stop_recording', { meeting_id })).toEqual({ success: true, recording_id });
    for (const client of all()) expect(await client.next('recording_stopped')).toEqual({ recording_id });
    expect(await ada.ask('stop_recording', { meeting_id })).toMatchObject({
      error: { code: 'RECORDING_NOT_ACTIVE' },
    });
  });

  it('whoever leaves is gone for all, and hears no more of the meeting on any device', async () => {
    const phone = await api.connect('grace');
    await phone.do('join_meeting', { meeting_id });
    expect(await grace.do('leave_meeting', { meeting_id })).toEqual({ success: true });
    const left = { participant_id: ids.grace, user_id: 'grace', reason: 'left' };
    for (const client of [...all(), phone]) expect(await client.next('participant_left')).toEqual(left);
    const { message_id } = await say(ada, { content: 'they are gone' });
    await edsger.next('chat_message_received', push => push.message_id === message_id);
    expect(await grace.ask('raise_hand', { meeting_id, is_hand_raised: true })).toMatchObject({
      error: { code: 'NOT_IN_MEETING' },
    });
    expect([...grace.pushed('chat_message_received'), ...phone.pushed('chat_message_received')]).toEqual([]);
  });

  it('whoever left may come back to a new seat, and hears everything again', async () => {
    await grace.do('leave_meeting', { meeting_id });
    const back = await grace.do('join_meeting', { meeting_id });
    expect(back.your_participant_id).not.toBe(ids.grace);
    await settle();
    expect(grace.pushed('chat_message_received')).toHaveLength(1);
  });

  it('everybody hears that the meeting ended, and that a recording ended with it', async () => {
    const { recording_id } = await ada.do('start_recording', { meeting_id });
    await api.as('ada').post(`/api/v1/meetings/${meeting_id}/end`);
    for (const client of all()) {
      expect(await client.next('meeting_ended')).toEqual({
        meeting_id,
        ended_at: expect.stringMatching(TIME),
      });
      expect(await client.next('recording_stopped')).toEqual({ recording_id });
      expect(client.pushed('participant_left')).toHaveLength(3);
    }
    expect(await ada.ask('raise_hand', { meeting_id, is_hand_raised: true })).toMatchObject({
      error: { code: 'MEETING_ENDED' },
    });
  });

  it('what happens in one meeting is not heard in another', async () => {
    const other = await api.meeting('ada');
    const alan = await api.connect('alan');
    await alan.do('join_meeting', { meeting_id: other });
    const before = alan.pushes.length;
    await grace.do('raise_hand', { meeting_id, is_hand_raised: true });
    await settle();
    await alan.do('raise_hand', { meeting_id: other, is_hand_raised: true });
    await alan.next('participant_updated');
    const heard = alan.pushes.slice(before).map(push => push.payload);
    expect(heard.every(payload => payload.user_id === 'alan')).toBe(true);
    expect(await alan.ask('raise_hand', { meeting_id, is_hand_raised: true })).toMatchObject({
      error: { code: 'NOT_IN_MEETING' },
    });
  });
});
