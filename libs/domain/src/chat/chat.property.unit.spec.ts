import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyRecord, expectReplayable, HOSTILE_IDS, runSequence } from '../any-sequence.js';
import { Chat, mayRead, MESSAGE_TYPES, type SendMessage } from './chat.js';

const userId = fc.constantFrom('ada', 'grace', ...HOSTILE_IDS);
const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant('x'.repeat(10_001)));
const anyMessage: fc.Arbitrary<SendMessage> = fc
  .tuple(
    anyRecord({
      type: fc.constant('SendMessage' as const),
      by: userId.map(userId => ({ userId, name: userId, roles: [] })),
      at: fc.constant('2026-11-22T10:00:00.000Z'),
      meetingId: fc.constant('m1'),
      messageId: fc.uuid(),
      mayWrite: fc.constantFrom(true, true, true, false),
      moderates: fc.boolean(),
      senderParticipantId: fc.constant('p1'),
      senderName: text,
      content: text,
      messageType: fc.constantFrom(...MESSAGE_TYPES),
      recipientInMeeting: fc.boolean(),
    }),
    fc.option(userId, { nil: undefined }),
    fc.option(fc.constantFrom('b1', ...HOSTILE_IDS), { nil: undefined }),
    fc.constantFrom(undefined, undefined, false, true),
  )
  .map(([message, recipientId, breakoutRoomId, isBroadcast]) => ({
    ...message,
    ...(recipientId !== undefined && { recipientId }),
    ...(breakoutRoomId !== undefined && { breakoutRoomId }),
    ...(isBroadcast !== undefined && { isBroadcast }),
  }));
const anyMessages = fc.array(anyMessage, { maxLength: 20 });

it('the events are plain JSON and lead to the same state again, from the beginning and from any snapshot', () =>
  fc.assert(fc.property(anyMessages, messages => expectReplayable(Chat, runSequence(Chat, messages)))));

it('every message is refused or said once, in its sender’s name and word for word, and all that was said is counted', () =>
  fc.assert(
    fc.property(anyMessages, messages => {
      let said = 0;
      for (const { command, events, refused, after } of runSequence(Chat, messages)) {
        expect(events.length).toBe(refused ? 0 : 1);
        said += events.length;
        expect(after.messages).toBe(said);
        const { senderId, content, messageId } = events[0]?.data ?? {};
        if (events[0]) {
          expect([senderId, content, messageId]).toEqual([
            command.by.userId,
            command.content,
            command.messageId,
          ]);
          expect(command.isBroadcast ? command.moderates : command.mayWrite).toBe(true);
          const { recipientId, breakoutRoomId, isBroadcast } = events[0].data;
          // To one, to a room, or to all rooms: never two of these.
          expect(
            [recipientId, breakoutRoomId, isBroadcast].filter(one => one !== undefined).length,
          ).toBeLessThan(2);
        }
      }
    }),
  ));

it('a private message is for its sender and its reader, whatever they are called, and an open one for all', () =>
  fc.assert(
    fc.property(anyMessages, userId, (messages, reader) => {
      for (const { command, events } of runSequence(Chat, messages)) {
        for (const { data } of events) {
          const { recipientId, by } = command;
          const meant = recipientId === undefined || reader === recipientId || reader === by.userId;
          expect(mayRead(data, reader)).toBe(meant);
        }
      }
    }),
  ));
