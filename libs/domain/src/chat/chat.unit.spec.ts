import { describe, expect, it } from '@jest/globals';
import { specify } from '../given-when-then.js';
import { Chat, type ChatMessageSent, MAX_MESSAGE_LENGTH, mayRead, type SendMessage } from './chat.js';

const { given } = specify(Chat);

const at = '2026-11-22T10:00:00.000Z';
const message = {
  meetingId: 'm1',
  messageId: 'c1',
  senderParticipantId: 'p1',
  senderName: 'Ada',
  content: 'Hello everyone!',
  messageType: 'text',
} as const;
const send = (more: Partial<SendMessage> = {}): SendMessage => ({
  type: 'SendMessage',
  by: { userId: 'ada', name: 'Ada', roles: [] },
  at,
  mayWrite: true,
  moderates: false,
  ...message,
  ...more,
});
const sent = (more: Partial<ChatMessageSent['data']> = {}): ChatMessageSent => ({
  type: 'ChatMessageSent',
  data: { ...message, senderId: 'ada', sentAt: at, ...more },
});

describe('sending a message', () => {
  it('notes who sent it and when, from the token and the clock', () => given().when(send()).then(sent()));
  it('to one other who is in the meeting notes the reader', () =>
    given()
      .when(send({ recipientId: 'grace', recipientInMeeting: true }))
      .then(sent({ recipientId: 'grace' })));
  it.each(['grace', ''])('to %j, who is not in the meeting, is refused', recipientId =>
    given().when(send({ recipientId })).thenRefused('PARTICIPANT_NOT_FOUND', { recipient_id: recipientId }),
  );
  it('may answer another message', () =>
    given(sent())
      .when(send({ messageId: 'c2', replyTo: 'c1' }))
      .then(sent({ messageId: 'c2', replyTo: 'c1' })));
  it('is refused where chat is disabled', () =>
    given()
      .when(send({ mayWrite: false }))
      .thenRefused('CHAT_DISABLED'));
  it.each(['', ' \n\t'])('without content is refused (%j)', content =>
    given().when(send({ content })).thenRefused('VALIDATION_FAILED'),
  );
  it('may be a file without words', () => {
    const file = { url: 'https://files.example/1', name: 'plan.pdf', type: 'application/pdf', size: 1200 };
    given()
      .when(send({ content: '', messageType: 'file', file }))
      .then(sent({ content: '', messageType: 'file', file }));
  });
  it('may be as long as the limit and no longer', () => {
    const content = 'x'.repeat(MAX_MESSAGE_LENGTH);
    given().when(send({ content })).then(sent({ content }));
    given()
      .when(send({ content: `${content}x` }))
      .thenRefused('VALIDATION_FAILED');
  });
  it('is counted', () => expect(given(sent(), sent({ messageId: 'c2' })).state.messages).toBe(2));
});

describe('where there are breakout rooms, a message', () => {
  it('to all is for those in the sender’s room', () =>
    given()
      .when(send({ breakoutRoomId: 'b1' }))
      .then(sent({ breakoutRoomId: 'b1' })));
  it('to one other is for the two, in whatever rooms', () =>
    given()
      .when(send({ breakoutRoomId: 'b1', recipientId: 'grace', recipientInMeeting: true }))
      .then(sent({ recipientId: 'grace' })));
  it('to all rooms is for all of them, wherever it was written', () =>
    given()
      .when(send({ breakoutRoomId: 'b1', isBroadcast: true, moderates: true }))
      .then(sent({ isBroadcast: true })));
});

describe('a message to all rooms', () => {
  const broadcast = { isBroadcast: true, moderates: true };
  it('is for host and co-hosts', () =>
    given()
      .when(send({ ...broadcast, moderates: false }))
      .thenRefused('INSUFFICIENT_PERMISSION'));
  it('is said where chat is disabled, too', () =>
    given()
      .when(send({ ...broadcast, mayWrite: false }))
      .then(sent({ isBroadcast: true })));
  it('cannot be private', () =>
    given()
      .when(send({ ...broadcast, recipientId: 'grace', recipientInMeeting: true }))
      .thenRefused('VALIDATION_FAILED', { recipient_id: 'must be absent in a message to all rooms' }));
  it('is said of no other message, whoever sends it', () =>
    given()
      .when(send({ isBroadcast: false, moderates: true }))
      .then(sent()));
});

it('host and co-hosts write no ordinary message where chat is disabled for all', () =>
  given()
    .when(send({ mayWrite: false, moderates: true }))
    .thenRefused('CHAT_DISABLED'));

describe('reading a message', () => {
  it('to all is for all', () => expect(mayRead({ senderId: 'ada' }, 'linus')).toBe(true));
  it('to one other is for the two alone', () => {
    const toGrace = { senderId: 'ada', recipientId: 'grace' };
    expect(['ada', 'grace', 'linus'].map(reader => mayRead(toGrace, reader))).toEqual([true, true, false]);
  });
});
