import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningApi } from '../../../testing/running-api.js';
import { SignallingClient } from '../../../testing/signalling-client.js';

const ULID = /^[0-9A-HJKMNP-TV-Z]{26}$/;

describe('joining over signalling', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await RunningApi.start();
  }, 90_000);
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  it.each<[string, object]>([
    ['no token', {}],
    ['nonsense for a token', { token: 'nonsense' }],
    ['an object for a token', { token: { sub: 'ada' } }],
    ['a list for a token', { token: [] }],
  ])('refuses a connection with %s: INVALID_TOKEN', async (_what, auth) => {
    await expect(SignallingClient.connect(api.address, auth)).rejects.toThrow(/^INVALID_TOKEN$/);
  });

  it('there is nothing in other namespaces', async () => {
    const auth = { token: api.token('ada') };
    await expect(SignallingClient.connect(api.address, auth, '/')).rejects.toThrow('NOT_FOUND');
    await expect(SignallingClient.connect(api.address, auth, '/admin')).rejects.toThrow('Invalid namespace');
  });

  it('answers a join as the document says, by acknowledgement and by push alike', async () => {
    const meeting_id = await api.meeting('ada');
    const ada = await api.connect('ada', { name: 'Ada' });
    const ack = await ada.do('join_meeting', {
      meeting_id,
      user_info: {
        display_name: 'Ada L.',
        avatar_url: 'https://example.org/ada.png',
        device_type: 'desktop',
      },
      capabilities: { video: true, audio: true, screen_share: true },
    });
    expect(ack).toEqual({
      success: true,
      meeting_info: {
        meeting_id,
        title: 'Team Standup',
        host_id: 'ada',
        participants: [
          {
            participant_id: ack.your_participant_id,
            user_id: 'ada',
            display_name: 'Ada L.',
            role: 'host',
            is_muted: false,
            is_video_on: true,
            is_screen_sharing: false,
            is_hand_raised: false,
            breakout_room_id: null,
          },
        ],
        settings: { recording_enabled: true, chat_enabled: true, screen_share_enabled: true },
        permissions: { microphone: true, camera: true, screen_share: true, chat: true, record: true },
        breakout: null,
        is_recording: false,
        is_locked: false,
        waiting: [],
      },
      your_participant_id: expect.stringMatching(ULID),
      your_role: 'host',
      producers: [],
      messages: [],
    });
    expect(await ada.next('meeting_joined')).toEqual(ack);
  });

  it("takes the token's name where the join gives none, and the states it gives", async () => {
    const meeting_id = await api.meeting('ada');
    const ada = await api.connect('ada', { name: 'Ada Lovelace' });
    const ack = await ada.do('join_meeting', { meeting_id, is_muted: true, is_video_on: false });
    expect(ack.meeting_info).toMatchObject({
      participants: [{ display_name: 'Ada Lovelace', is_muted: true, is_video_on: false }],
    });
  });

  it('who cannot send audio or video joins muted and without a picture', async () => {
    const meeting_id = await api.meeting('ada');
    const ada = await api.connect('ada');
    const ack = await ada.do('join_meeting', { meeting_id, capabilities: { audio: false, video: false } });
    expect(ack.meeting_info).toMatchObject({ participants: [{ is_muted: true, is_video_on: false }] });
  });

  it('the others hear of each join once, whole; meeting_joined comes before any other push', async () => {
    const meeting_id = await api.meeting('ada');
    const [ada, grace] = [await api.connect('ada'), await api.connect('grace', { name: 'Grace' })];
    await ada.do('join_meeting', { meeting_id });
    const joined = await grace.do('join_meeting', { meeting_id, is_muted: true });
    expect(await ada.next('participant_joined', push => push.user_id === 'grace')).toEqual({
      participant_id: joined.your_participant_id,
      user_id: 'grace',
      display_name: 'Grace',
      role: 'participant',
      is_muted: true,
      is_video_on: true,
      is_screen_sharing: false,
      is_hand_raised: false,
      breakout_room_id: null,
    });
    await ada.do('raise_hand', { meeting_id, is_hand_raised: true });
    await grace.next('participant_updated');
    expect(grace.pushes[0]?.name).toBe('meeting_joined');
    expect(ada.pushes[0]?.name).toBe('meeting_joined');
    expect(ada.pushed('participant_joined').filter(push => push.user_id === 'grace')).toHaveLength(1);
  });

  it('whoever joins while a meeting is busy knows every message exactly once: from the join or from a push', async () => {
    const meeting_id = await api.meeting('ada');
    const ada = await api.connect('ada');
    await ada.do('join_meeting', { meeting_id });
    const say = (content: string) =>
      ada.do('send_chat_message', { meeting_id, message: { type: 'text', content } });
    const count = 40;
    const talking = (async () => {
      for (let n = 0; n < count - 1; n++) await say(`message ${n}`);
    })();
    const comers = await Promise.all(['b', 'c', 'd', 'e', 'f'].map(name => api.connect(name)));
    for (const comer of comers) await comer.do('join_meeting', { meeting_id });
    await talking;
    // Said when all are in: to each of them it is a push.
    await say(`message ${count - 1}`);
    for (const comer of comers) {
      await comer.next('chat_message_received', push => push.content === `message ${count - 1}`);
      const [joined] = comer.pushed('meeting_joined');
      const known = joined?.messages as { content: string }[];
      const heard = [...known, ...comer.pushed('chat_message_received')].map(message => message.content);
      expect(heard).toEqual(Array.from({ length: count }, (_, n) => `message ${n}`));
      expect(comer.pushes[0]?.name).toBe('meeting_joined');
    }
  });

  it('a join shows what is going on: hands, messages, recording, who waits; the last only to those who admit', async () => {
    const meeting_id = await api.meeting('ada', { waiting_room_enabled: true });
    const ada = await api.connect('ada');
    await ada.do('join_meeting', { meeting_id });
    await ada.do('raise_hand', { meeting_id, is_hand_raised: true });
    await ada.do('start_screen_share', { meeting_id });
    await ada.do('send_chat_message', { meeting_id, message: { type: 'text', content: 'Hello' } });
    const { recording_id } = await ada.do('start_recording', { meeting_id });
    expect(recording_id).toMatch(ULID);
    const grace = await api.connect('grace', { name: 'Grace' });
    expect(await grace.do('join_meeting', { meeting_id })).toEqual({ success: true, waiting: true });
    const root = await api.connect('root', { roles: ['admin'] });
    for (const [client, waiting] of [
      [ada, [{ user_id: 'grace', display_name: 'Grace' }]],
      [root, [{ user_id: 'grace', display_name: 'Grace' }]],
    ] as const) {
      const again = await client.do('join_meeting', { meeting_id });
      expect(again).toMatchObject({
        meeting_info: { is_recording: true, waiting },
        messages: [{ content: 'Hello', sender_id: 'ada' }],
      });
      expect(again.meeting_info).toMatchObject({
        participants: expect.arrayContaining([
          expect.objectContaining({ user_id: 'ada', is_hand_raised: true, is_screen_sharing: true }),
        ]),
      });
    }
    await ada.do('admit_participant', { meeting_id, user_id: 'grace' });
    expect(await ada.next('participant_stopped_waiting')).toEqual({ user_id: 'grace' });
    expect(await grace.next('meeting_joined')).toMatchObject({ meeting_info: { waiting: [] } });
  });

  it('two devices of one user share a seat, and both hear of everything', async () => {
    const meeting_id = await api.meeting('ada');
    const [desk, phone] = [await api.connect('ada'), await api.connect('ada')];
    const first = await desk.do('join_meeting', { meeting_id });
    const second = await phone.do('join_meeting', { meeting_id });
    expect(second.your_participant_id).toBe(first.your_participant_id);
    expect((second.meeting_info as { participants: unknown[] }).participants).toHaveLength(1);
    await phone.do('toggle_audio', { meeting_id, is_muted: true });
    for (const device of [desk, phone]) {
      expect(await device.next('participant_updated')).toMatchObject({ user_id: 'ada', is_muted: true });
    }
  });

  it('two joins at once over one connection answer both', async () => {
    const [one, other] = [await api.meeting('ada'), await api.meeting('ada')];
    const ada = await api.connect('ada');
    const acks = await Promise.all(
      [one, other, one].map(meeting_id => ada.do('join_meeting', { meeting_id })),
    );
    expect(acks[2]?.your_participant_id).toBe(acks[0]?.your_participant_id);
    for (const [at, meeting_id] of [one, other].entries()) {
      await ada.do('raise_hand', { meeting_id, is_hand_raised: true });
      await ada.next('participant_updated', push => push.participant_id === acks[at]?.your_participant_id);
      const names = ada.pushes
        .filter(({ payload }) => JSON.stringify(payload).includes(String(acks[at]?.your_participant_id)))
        .map(push => push.name);
      expect(names[0]).toBe('meeting_joined');
    }
  });

  it.each<[string, object, boolean, string]>([
    ['a meeting that does not exist', {}, true, 'MEETING_NOT_FOUND'],
    ['a meeting that its host has not started', { start: false }, false, 'MEETING_NOT_ACTIVE'],
    [
      'a meeting with a password, without it',
      { require_password: true, password: 'pw' },
      false,
      'INVALID_PASSWORD',
    ],
    ['a full meeting', { max_participants: 1 }, false, 'MEETING_FULL'],
  ])(
    'joining %s is refused',
    async (_what, { start = true, ...settings }: { start?: boolean }, nowhere, code) => {
      const meeting_id = nowhere ? 'nowhere' : await api.meeting('ada', settings, start);
      if (start && !nowhere) await (await api.connect('ada')).do('join_meeting', { meeting_id });
      const grace = await api.connect('grace');
      const ack = await grace.ask('join_meeting', { meeting_id });
      expect(ack).toMatchObject({ success: false, error: { code } });
      expect(grace.pushes).toEqual([]);
    },
  );

  it('a password opens the door, a wrong one does not', async () => {
    const meeting_id = await api.meeting('ada', { require_password: true, password: 'open sesame' });
    const grace = await api.connect('grace');
    expect(await grace.ask('join_meeting', { meeting_id, password: 'open barley' })).toMatchObject({
      error: { code: 'INVALID_PASSWORD' },
    });
    expect(await grace.ask('join_meeting', { meeting_id, password: 'open sesame' })).toMatchObject({
      success: true,
    });
  });

  it('an ended meeting cannot be joined', async () => {
    const meeting_id = await api.meeting('ada');
    await api.as('ada').post(`/api/v1/meetings/${meeting_id}/end`);
    const ada = await api.connect('ada');
    expect(await ada.ask('join_meeting', { meeting_id })).toMatchObject({ error: { code: 'MEETING_ENDED' } });
  });
});
