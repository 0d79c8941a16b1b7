import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { momentEvent, shownEvent } from '#libs/domain';
import { AnyMeeting, picker, USERS } from './any-meeting-for-tests.js';
import { TOLD_TYPES } from './event-pushes.js';
import { MeetingTeller } from './meeting-teller.js';

describe('in any meeting', () => {
  const anyMeeting = fc.nat().map(seed => {
    const meeting = new AnyMeeting('m');
    const pick = picker(seed);
    for (let step = 0; step < 200; step += 1) meeting.step(pick);
    meeting.end();
    return meeting.events;
  });

  it('a message is told to nobody whom the domain shows none of it, nor to people outside its room', () => {
    let chats = 0;
    fc.assert(
      fc.property(anyMeeting, events => {
        const teller = MeetingTeller.before('m');
        events.forEach(({ stream, event }, position) => {
          const moment = momentEvent({ ...event, stream, position, revision: 0 });
          const { roster } = teller.meeting;
          const told = teller.take(moment);
          expect(told === undefined || TOLD_TYPES.includes(moment.type)).toBe(true);
          for (const userId of [...USERS, '__proto__', 'constructor']) {
            const frame = told?.frameFor(userId);
            if (frame === undefined || moment.type !== 'ChatMessageSent') continue;
            chats += 1;
            const { senderId, recipientId, breakoutRoomId, isBroadcast } = moment.data;
            const seat = Object.hasOwn(roster, userId) ? roster[userId] : undefined;
            expect(shownEvent(moment, userId)).toBeDefined();
            expect(seat).toBeDefined();
            if (recipientId === undefined && !isBroadcast && senderId !== userId)
              expect(seat?.breakoutRoomId).toBe(breakoutRoomId);
          }
        });
      }),
    );
    expect(chats).toBeGreaterThan(100);
  });
});
