import { describe, expect, it } from '@jest/globals';
import { DomainError } from '#libs/domain';
import { FloodGuard } from './flood-guard.js';
import { lastPosition } from './last-position.js';
import { chatData, handRaiseData, joinData, reactionData, updateData } from './message-data.js';
import { idOf, readFrame, readMessage } from './message-frame.js';

const SENDER = { meetingId: 'm', userId: 'grace' };
/** The field that is named as wrong. */
const wrong = async (read: () => unknown): Promise<string[]> => {
  try {
    await read();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expect(error.code).toBe('VALIDATION_FAILED');
    return Object.keys(error.details);
  }
  return [];
};
const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

describe('a message of a client', () => {
  it.each<[string, string | Buffer]>([
    ['binary', Buffer.from('{"type":"ping"}')],
    ['empty', ''],
    ['not JSON', '{"type":'],
    ['a list', '[{"type":"ping"}]'],
    ['a text', '"ping"'],
    ['nothing', 'null'],
    ['too deep', nested(30)],
    ['far too deep', `{"type":"ping","data":${nested(9_000)}}`],
    ['lists far too deep', `${'['.repeat(30_000)}${']'.repeat(30_000)}`],
  ])('that is %s is refused', async (_what, text) =>
    expect(await wrong(() => readFrame(text))).toEqual(['frame']),
  );

  it.each<[string, object]>([
    ['type', {}],
    ['type', { type: 7 }],
    ['type', { type: 'dance' }],
    ['type', { type: 'constructor' }],
    ['meeting_id', { type: 'ping', meeting_id: 'other' }],
    ['meeting_id', { type: 'ping', meeting_id: 7 }],
    ['user_id', { type: 'ping', user_id: 'ada' }],
    ['timestamp', { type: 'ping', timestamp: 7 }],
    ['timestamp', { type: 'ping', timestamp: 'x'.repeat(65) }],
    ['id', { type: 'ping', id: 7 }],
    ['id', { type: 'ping', id: '' }],
    ['id', { type: 'ping', id: 'x'.repeat(65) }],
    ['data', { type: 'ping', data: [] }],
    ['data', { type: 'ping', data: 'x' }],
    ['data', { type: 'ping', data: null }],
    ['colour', { type: 'ping', colour: 'red' }],
    ['__proto__', JSON.parse('{"type":"ping","__proto__":{}}') as object],
  ])('whose %s is wrong is refused, naming it: %j', async (field, message) =>
    expect(await wrong(() => readMessage(readFrame(JSON.stringify(message)), SENDER))).toEqual([field]),
  );

  it('may leave out whose it is and when, or say so', () => {
    expect(readMessage({ type: 'ping' }, SENDER)).toEqual({ type: 'ping', data: {} });
    const whole = { type: 'ping', meeting_id: 'm', user_id: 'grace', data: {}, timestamp: '2024', id: '1' };
    expect(readMessage(whole, SENDER)).toEqual({ type: 'ping', data: {} });
    expect(readMessage({ type: 'ping', meeting_id: null, user_id: null, timestamp: null }, SENDER).type).toBe(
      'ping',
    );
    expect([idOf(whole), idOf({ id: 7 }), idOf({ id: 'x'.repeat(65) })]).toEqual(['1', undefined, undefined]);
  });

  it.each<[string, typeof chatData | typeof joinData, string[], object]>([
    ['chat', chatData, ['data.content'], {}],
    ['chat', chatData, ['data.content'], { content: 7 }],
    ['chat', chatData, ['data.content'], { content: 'x'.repeat(10_001) }],
    ['chat', chatData, ['data.message_type'], { content: '', message_type: 'video' }],
    ['chat', chatData, ['data.recipient_id'], { content: '', recipient_id: ['ada'] }],
    ['chat', chatData, ['data.file_url'], { content: '', file_url: 'javascript:alert(1)' }],
    ['chat', chatData, ['data.file_size'], { content: '', file_size: -1 }],
    ['chat', chatData, ['data.is_private'], { content: '', is_private: 'yes' }],
    ['chat', chatData, ['data.sender_id'], { content: '', sender_id: 'ada' }],
    ['chat', chatData, ['data.colour'], { content: '', colour: 'red' }],
    ['join', joinData, ['data.user_id'], { user_id: 'ada' }],
    ['join', joinData, ['data.device_info'], { device_info: 'desktop' }],
    ['join', joinData, ['data.device_info'], { device_info: [] }],
    ['join', joinData, ['data.device_info'], { device_info: { device_type: 7 } }],
    ['join', joinData, ['data.device_info'], { device_info: { browser_info: 'x'.repeat(513) } }],
    ['join', joinData, ['data.join_muted', 'data.password'], { join_muted: 1, password: {} }],
    ['join', joinData, ['data.user_role'], { user_role: {} }],
    ['participant_update', updateData as never, ['data.is_muted'], { is_muted: 'true' }],
    ['participant_update', updateData as never, ['data.is_in_waiting_room'], { is_in_waiting_room: true }],
    ['participant_update', updateData as never, ['data.participant_user_id'], { participant_user_id: '' }],
    ['reaction', reactionData as never, ['data.reaction_type'], { duration: 3 }],
    ['reaction', reactionData as never, ['data.duration'], { reaction_type: 'clap', duration: 31 }],
    ['reaction', reactionData as never, ['data.duration'], { reaction_type: 'clap', duration: '3' }],
    ['hand_raise', handRaiseData as never, ['data.is_hand_raised'], {}],
    ['hand_raise', handRaiseData as never, ['data.is_hand_raised'], { is_hand_raised: 1 }],
  ])('%s: what is wrong in its data is named by its place', async (type, read, fields, data) =>
    expect(await wrong(() => read({ type: type as 'chat', data: data as never }, SENDER))).toEqual(fields),
  );

  it('may say of a device what it likes, within bounds', async () => {
    const device_info = {
      device_type: 'smart-fridge',
      browser_info: 'Chrome/91.0',
      screen: { width: 1, deep: [1] },
    };
    const data = { user_id: 'grace', user_role: 'host', joined_at: 'now', device_info };
    expect(await joinData({ type: 'join', data }, SENDER)).toMatchObject({ device_info });
  });
});

describe('the position from which a client goes on', () => {
  const of = (query: string): unknown => lastPosition(new URLSearchParams(query), 41);
  it.each<[string, number | undefined]>([
    ['', undefined],
    ['last_position=-1', -1],
    ['last_position=0', 0],
    ['last_position=41', 41],
  ])('%s: %p', (query, position) => expect(of(query)).toBe(position));

  it.each([
    '',
    '42',
    '-2',
    '1.5',
    '1e3',
    ' 1',
    '0x1',
    'NaN',
    '9007199254740992',
    '99999999999999999999',
    'null',
  ])('cannot be %j', async text =>
    expect(await wrong(() => of(`last_position=${text}`))).toEqual(['last_position']),
  );
});

describe('a flood of messages', () => {
  const standing = (exceeded: boolean, resetAt: number) => ({
    limit: 1000,
    window: 60,
    remaining: 0,
    resetAt,
    exceeded,
  });
  it('is answered once per window, and closed where it does not stop', () => {
    const guard = new FloodGuard();
    expect(guard.judge(standing(false, 100))).toBe('take');
    expect(guard.judge(standing(true, 100))).toBe('refuse');
    // The same window, reckoned anew.
    expect([guard.judge(standing(true, 100)), guard.judge(standing(true, 101))]).toEqual([
      'ignore',
      'ignore',
    ]);
    expect(guard.judge(standing(true, 160))).toBe('refuse');
    const rest = Array.from({ length: 997 }, () => guard.judge(standing(true, 160)));
    expect([new Set(rest).size, rest.at(-1), guard.judge(standing(true, 160))]).toEqual([
      2,
      'close',
      'close',
    ]);
  });
  it('that stops in time is forgotten', () => {
    const guard = new FloodGuard();
    for (let n = 0; n < 5; n += 1) {
      for (let m = 0; m < 900; m += 1) expect(guard.judge(standing(true, n * 60))).not.toBe('close');
      expect(guard.judge(standing(false, n * 60 + 60))).toBe('take');
    }
  });
});
