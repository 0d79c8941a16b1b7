import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningApi } from '../../../testing/running-api.js';
import type { Ack, SignallingClient } from '../../../testing/signalling-client.js';
import { until } from '../../../testing/until.js';

const MESSAGES = [
  'join_meeting',
  'leave_meeting',
  'toggle_audio',
  'toggle_video',
  'start_screen_share',
  'stop_screen_share',
  'raise_hand',
  'send_chat_message',
  'start_recording',
  'stop_recording',
  'admit_participant',
  'deny_participant',
  'webrtc_offer',
  'webrtc_answer',
  'ice_candidate',
  'get_router_capabilities',
  'create_transport',
  'connect_transport',
  'restart_ice',
  'produce',
  'close_producer',
  'consume',
  'resume_consumer',
  'pause_consumer',
  'close_consumer',
  'set_preferred_layers',
];
const PAYLOADS: [string, unknown[]][] = [
  ['nothing', []],
  ['null', [null]],
  ['undefined', [undefined]],
  ['text', ['meeting']],
  ['a number', [42]],
  ['true', [true]],
  ['an empty list', [[]]],
  ['a list of objects', [[{ meeting_id: 'x' }]]],
  ['an empty object', [{}]],
  ['two objects', [{ meeting_id: 'x' }, { meeting_id: 'y' }]],
  ['an unknown field', [{ meeting_id: 'x', colour: 'red' }]],
  ['an id that is an object', [{ meeting_id: { $ne: '' } }]],
  ['an id with a NUL', [{ meeting_id: 'a\0b' }]],
  ['bytes', [Buffer.from('meeting')]],
];

describe('messages that are not as they should be', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await RunningApi.start();
  }, 90_000);
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  it.each(MESSAGES)('%s refuses each wrong payload by its acknowledgement', async name => {
    const client = await api.connect('ada');
    for (const [what, payload] of PAYLOADS) {
      const ack = await client.ask(name, ...payload);
      expect([what, ack.success, ack.error?.code]).toEqual([what, false, 'VALIDATION_FAILED']);
      expect(ack.error?.request_id).toMatch(/^req_/);
    }
    expect(client.pushes).toEqual([]);
    await client.close();
  });

  it('what would be a prototype is no field, and changes nothing', async () => {
    const ada = await api.connect('ada');
    const payload: unknown = JSON.parse(
      '{"meeting_id":"nowhere","__proto__":{"success":true},"constructor":{"prototype":{"success":true}}}',
    );
    expect(await ada.ask('leave_meeting', payload)).toMatchObject({ error: { code: 'MEETING_NOT_FOUND' } });
    expect(({} as { success?: boolean }).success).toBeUndefined();
  });

  it('each wrong field is named by its path', async () => {
    const meeting_id = await api.meeting('ada');
    const ada = await api.connect('ada');
    const fields = async (name: string, payload: object): Promise<string[]> => {
      const { timestamp: _when, ...details } = (await ada.ask(name, payload)).error?.details ?? {};
      return Object.keys(details).sort();
    };
    expect(
      await fields('join_meeting', {
        meeting_id,
        user_info: { display_name: 5, device_type: 'toaster', avatar_url: 'javascript:alert(1)', age: 3 },
        capabilities: { video: 'yes' },
        password: '',
        is_muted: 1,
      }),
    ).toEqual([
      'capabilities.video',
      'is_muted',
      'password',
      'user_info.age',
      'user_info.avatar_url',
      'user_info.device_type',
      'user_info.display_name',
    ]);
    expect(
      await fields('send_chat_message', { meeting_id, message: { type: 'html', content: 1, reply_to: {} } }),
    ).toEqual(['message.content', 'message.reply_to', 'message.type']);
    expect(await fields('send_chat_message', { meeting_id, message: null })).toEqual(['message']);
    expect(await fields('toggle_audio', { meeting_id, is_muted: 'true' })).toEqual(['is_muted']);
    expect(await fields('set_preferred_layers', { meeting_id, consumer_id: 'x', spatial_layer: 8 })).toEqual([
      'spatial_layer',
    ]);
    expect(
      await fields('produce', {
        meeting_id,
        transport_id: 'x',
        kind: 'smell',
        source: 'nose',
        rtp_parameters: [],
      }),
    ).toEqual(['kind', 'rtp_parameters', 'source']);
  });

  it('a refusal without an acknowledgement is pushed as error', async () => {
    const ada = await api.connect('ada');
    ada.socket.emit('raise_hand', { meeting_id: 'nowhere', is_hand_raised: true });
    expect(await ada.next('error')).toMatchObject({
      code: 'MEETING_NOT_FOUND',
      request_id: expect.any(String),
    });
    ada.socket.emit('raise_hand');
    expect(await ada.next('error', push => push.code === 'VALIDATION_FAILED')).toBeDefined();
  });

  it('a message that does not exist is answered, too', async () => {
    const ada = await api.connect('ada');
    for (const name of ['teleport', 'error', '__proto__', 'constructor', 'x'.repeat(1000), '']) {
      expect(await ada.ask(name, {})).toMatchObject({ success: false, error: { code: 'NOT_FOUND' } });
    }
    ada.socket.emit('teleport', {});
    expect(await ada.next('error')).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('a message beyond 128 KiB ends its connection, and no other', async () => {
    const [ada, grace] = [await api.connect('ada'), await api.connect('grace')];
    ada.socket.emit('join_meeting', { meeting_id: 'x'.repeat(200 * 1024) });
    await until('the connection ends', () => !ada.socket.connected);
    expect(await grace.ask('join_meeting', {})).toMatchObject({ error: { code: 'VALIDATION_FAILED' } });
  });

  it('in the meeting, what needs a seat is refused to those who have none: NOT_IN_MEETING', async () => {
    const meeting_id = await api.meeting('ada');
    const grace = await api.connect('grace');
    const right: [string, object][] = [
      ['toggle_audio', { is_muted: true }],
      ['send_chat_message', { message: { content: 'x' } }],
      ['webrtc_offer', { target_participant_id: 'x', offer: {} }],
      ['get_router_capabilities', {}],
      ['create_transport', { direction: 'send' }],
      ['produce', { transport_id: 'x', kind: 'audio', source: 'microphone', rtp_parameters: {} }],
      ['consume', { transport_id: 'x', producer_id: 'x', rtp_capabilities: {} }],
      ['resume_consumer', { consumer_id: 'x' }],
    ];
    for (const [name, payload] of right) {
      expect(await grace.ask(name, { meeting_id, ...payload })).toMatchObject({
        error: { code: 'NOT_IN_MEETING' },
      });
    }
  });

  it('media are for the connection that joined, not for another one of the same user', async () => {
    const meeting_id = await api.meeting('ada');
    await (await api.connect('ada')).do('join_meeting', { meeting_id });
    const other = await api.connect('ada');
    expect(await other.ask('create_transport', { meeting_id, direction: 'send' })).toMatchObject({
      error: { code: 'NOT_IN_MEETING' },
    });
  });

  it('without a media worker the media dialogue is SIGNALING_FAILED, and the meeting goes on', async () => {
    const meeting_id = await api.meeting('ada');
    const ada = await api.connect('ada');
    await ada.do('join_meeting', { meeting_id });
    expect(await ada.ask('get_router_capabilities', { meeting_id })).toMatchObject({
      error: { code: 'SIGNALING_FAILED' },
    });
    await ada.do('raise_hand', { meeting_id, is_hand_raised: true });
  });

  describe('a connection that floods', () => {
    const flood = (client: SignallingClient, messages: number): Promise<Ack[]> =>
      Promise.all(
        Array.from({ length: messages }, () =>
          client.ask('raise_hand', { meeting_id: 'nowhere', is_hand_raised: true }),
        ),
      );
    const codes = (acks: readonly Ack[]): Set<string | undefined> =>
      new Set(acks.map(ack => ack.error?.code));

    it('gets 500 messages through at once, and RATE_LIMIT_EXCEEDED for the rest; others are not touched', async () => {
      const [ada, grace] = [await api.connect('ada'), await api.connect('grace')];
      expect(codes(await flood(ada, 500))).toEqual(new Set(['MEETING_NOT_FOUND']));
      const acks = await flood(ada, 1000);
      const refused = acks.filter(ack => ack.error?.code === 'RATE_LIMIT_EXCEEDED');
      expect(refused.length).toBeGreaterThan(500);
      expect(refused[0]?.error?.details).toMatchObject({ limit: 50, window: 1, retry_after: 1 });
      expect(codes(await flood(grace, 10))).toEqual(new Set(['MEETING_NOT_FOUND']));
    });

    it('is told once, not each time, where it asks for no acknowledgements', async () => {
      const ada = await api.connect('ada');
      await flood(ada, 500);
      for (let n = 0; n < 300; n++) ada.socket.emit('teleport');
      await ada.next('error', push => push.code === 'RATE_LIMIT_EXCEEDED');
      await flood(ada, 1);
      expect(ada.pushed('error').filter(push => push.code === 'RATE_LIMIT_EXCEEDED').length).toBeLessThan(
        100,
      );
    });
  });
});
