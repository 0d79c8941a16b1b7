import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runSequence, type Step } from '../any-sequence.js';
import { isAdmin } from '../principal.js';
import { anyMeetingCommands } from './any-meeting-commands.js';
import { readLog } from './meeting-log-reader.js';
import { Meeting } from './meeting.js';
import type { MeetingCommand } from './meeting-commands.js';
import type { MeetingEvent } from './meeting-events.js';
import type { MeetingState } from './meeting-state.js';

type MeetingStep = Step<MeetingState, MeetingCommand, MeetingEvent>;

/** Holds `check` after every command of any sequence. */
const always = (check: (step: MeetingStep) => void): void =>
  fc.assert(
    fc.property(anyMeetingCommands, commands => runSequence(Meeting, commands).forEach(check)),
    { numRuns: 100 },
  );
const logAfter = ({ history, events }: MeetingStep) => readLog([...history, ...events]);
const inRoom = ({ roster }: MeetingState, roomId: string): number =>
  Object.values(roster).filter(seat => seat.breakoutRoomId === roomId).length;

describe('breakout rooms, after any sequence of commands,', () => {
  it('are open as the log says, and only while the meeting runs', () =>
    always(step => {
      const { breakoutRooms } = logAfter(step);
      expect((step.after.breakout?.rooms ?? []).map(({ roomId }) => roomId)).toEqual([
        ...breakoutRooms.keys(),
      ]);
      if (step.after.status !== 'active') expect(step.after.breakout).toBeUndefined();
    }));

  it('hold those whom the log put there, and nobody while they are closed', () =>
    always(step => {
      const { breakoutRoom } = logAfter(step);
      for (const { userId, breakoutRoomId } of Object.values(step.after.roster)) {
        expect(breakoutRoomId).toBe(breakoutRoom(userId));
        if (!step.after.breakout) expect(breakoutRoomId).toBeUndefined();
      }
    }));

  it('hold no more than have a place, and only those that exist are entered', () =>
    always(({ after, before }) => {
      for (const { roomId, capacity } of after.breakout?.rooms ?? [])
        expect(inRoom(after, roomId)).toBeLessThanOrEqual(capacity ?? Infinity);
      const known = new Set((after.breakout ?? before.breakout)?.rooms.map(({ roomId }) => roomId));
      for (const { breakoutRoomId } of Object.values(after.roster))
        if (breakoutRoomId !== undefined) expect(known).toContain(breakoutRoomId);
    }));

  it('each move makes the number of moves larger, and nothing else does', () =>
    always(({ before, after, events }) => {
      const moves = events.filter(({ type }) =>
        ['BreakoutRoomAssigned', 'BreakoutRoomLeft', 'BreakoutRoomsClosed'].includes(type),
      );
      expect(after.moves - before.moves).toBe(moves.length);
    }));
});

describe('in any sequence of commands', () => {
  it('only moderators move others, and oneself only where the host allows it', () =>
    always(({ command: { by }, events, history, before }) => {
      const { role } = readLog(history);
      const moderates = isAdmin(by) || ['host', 'co-host'].includes(role(by.userId));
      for (const event of events) {
        if (event.type !== 'BreakoutRoomAssigned' && event.type !== 'BreakoutRoomLeft') continue;
        if (moderates) continue;
        expect(event.data.userId).toBe(by.userId);
        expect(
          event.type === 'BreakoutRoomLeft'
            ? before.breakout?.participantsMayReturn
            : before.breakout?.participantsMayChoose,
        ).toBe(true);
      }
    }));

  it('people are spread evenly: nobody is in a room while a less full one had a place, and no moderator is moved', () =>
    always(({ command, before, after, events, history }) => {
      if (!['OpenBreakoutRooms', 'AutoAssignBreakoutRooms'].includes(command.type)) return;
      const { role } = readLog(history);
      const rooms = after.breakout?.rooms ?? [];
      const filled = new Set<string>();
      for (const event of events) {
        if (event.type !== 'BreakoutRoomAssigned') continue;
        expect(['attendee', 'viewer']).toContain(role(event.data.userId));
        expect(before.roster[event.data.userId]?.breakoutRoomId).toBeUndefined();
        filled.add(event.data.roomId);
      }
      for (const { roomId, capacity } of rooms) {
        const people = inRoom(after, roomId);
        if (people >= (capacity ?? Infinity)) continue;
        for (const other of filled) expect(inRoom(after, other)).toBeLessThanOrEqual(people + 1);
        // Whoever is left in the main room found no place.
        if (events.length === 0) continue;
        const left = Object.values(after.roster).filter(
          seat => seat.breakoutRoomId === undefined && ['attendee', 'viewer'].includes(role(seat.userId)),
        );
        if (command.type === 'AutoAssignBreakoutRooms' || filled.size > 0) expect(left).toEqual([]);
      }
    }));

  it('that they close is announced once, for the time at which they close', () =>
    always(step => {
      for (const event of step.events) {
        if (event.type !== 'BreakoutRoomsCloseAnnounced') continue;
        expect(step.before.breakout).toMatchObject({ closesAt: event.data.closesAt, closeAnnounced: false });
        expect(step.after.breakout?.closeAnnounced).toBe(true);
      }
    }));

  it('a time limit closes none but the rooms that have it', () =>
    always(({ command, before, events }) => {
      if (command.type !== 'CloseBreakoutRooms' || command.closesAt === undefined) return;
      expect(events.length).toBe(
        isAdmin(command.by) && before.breakout?.closesAt === command.closesAt ? 1 : 0,
      );
    }));
});
