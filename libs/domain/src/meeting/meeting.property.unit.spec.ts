import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectReplayable, runSequence, type Step } from '../any-sequence.js';
import { isAdmin } from '../principal.js';
import { anyMeetingCommands } from './any-meeting-commands.js';
import { readLog } from './meeting-log-reader.js';
import { Meeting } from './meeting.js';
import type { MeetingCommand } from './meeting-commands.js';
import type { MeetingEvent } from './meeting-events.js';
import { type MeetingState, roleOf } from './meeting-state.js';

type MeetingStep = Step<MeetingState, MeetingCommand, MeetingEvent>;

/** Holds `check` after every command of any sequence. */
const always = (check: (step: MeetingStep) => void): void =>
  fc.assert(
    fc.property(anyMeetingCommands, commands => runSequence(Meeting, commands).forEach(check)),
    { numRuns: 100 },
  );
const logAfter = ({ history, events }: MeetingStep) => readLog([...history, ...events]);
const sorted = (items: Iterable<string>): readonly string[] => [...items].sort();

describe('after any sequence of commands', () => {
  it('the events are plain JSON and lead to the same state again, from the beginning and from any snapshot', () =>
    fc.assert(
      fc.property(anyMeetingCommands, commands => expectReplayable(Meeting, runSequence(Meeting, commands))),
      { numRuns: 100 },
    ));

  it('the roster holds those who came and have not left, each once, in the seat that they took', () =>
    always(step => {
      const { present } = logAfter(step);
      expect(sorted(Object.keys(step.after.roster))).toEqual(sorted(present.keys()));
      for (const [userId, seat] of Object.entries(step.after.roster)) {
        expect(seat.userId).toBe(userId);
        expect(seat.participantId).toBe(present.get(userId));
      }
    }));

  it('nobody comes in where all seats are taken, or where nobody may be', () =>
    always(({ after, events }) => {
      // The host gets in, however full it is.
      if (!events.some(({ type, data }) => type === 'ParticipantJoined' && data.role !== 'host')) return;
      expect(Object.keys(after.roster).length).toBeLessThanOrEqual(after.settings.maxParticipants);
    }));

  it('what is allowed is what was said last, and can be met', () =>
    always(step => {
      const { settings, host } = logAfter(step);
      if (!settings) return;
      expect(step.after.settings).toEqual(settings);
      expect(settings.maxParticipants).toBeGreaterThan(0);
      expect(settings.blockedUsers).not.toContain(host);
    }));

  it('nobody is in, or waits, who is blocked', () =>
    always(({ after: { roster, waiting, settings } }) => {
      const here = [...Object.keys(roster), ...Object.keys(waiting)];
      expect(here.filter(userId => settings.blockedUsers.includes(userId))).toEqual([]);
    }));

  it('nobody is in, or waits, unless the meeting runs', () =>
    always(({ after }) => {
      if (after.status === 'active') return;
      expect(Object.keys(after.roster)).toEqual([]);
      expect(Object.keys(after.waiting)).toEqual([]);
    }));

  it('exactly one is host: the creator, until the role is handed over', () =>
    always(step => {
      const { host } = logAfter(step);
      if (host === undefined) return expect(step.after.status).toBe('none');
      expect(step.after.hostUserId).toBe(host);
      expect(roleOf(step.after, host)).toBe('host');
      expect(Object.values(step.after.grantedRoles)).not.toContain('host');
      for (const { userId, role } of Object.values(step.after.roster)) {
        expect(role === 'host').toBe(userId === host);
      }
    }));

  it('each in the roster has the role that the log gave them last', () =>
    always(step => {
      const { role } = logAfter(step);
      for (const seat of Object.values(step.after.roster)) {
        expect(seat.role).toBe(role(seat.userId));
        expect(roleOf(step.after, seat.userId)).toBe(seat.role);
      }
    }));

  it('those who wait are those who asked and were neither answered nor let in', () =>
    always(step => {
      expect(sorted(Object.keys(step.after.waiting))).toEqual(sorted(logAfter(step).waiting));
    }));

  it('nobody is two of: in, waiting, denied; and nobody both admitted and denied', () =>
    always(({ after: { roster, waiting, denied, admitted } }) => {
      const lists = [Object.keys(roster), Object.keys(waiting), denied].map(list => new Set(list));
      const all = lists.flatMap(list => [...list]);
      expect(new Set(all).size).toBe(all.length);
      expect(admitted.filter(userId => denied.includes(userId))).toEqual([]);
      for (const list of [admitted, denied]) expect(new Set(list).size).toBe(list.length);
    }));

  it('the meeting goes from none to scheduled to active to ended, or to cancelled, never back', () => {
    const order = ['none', 'scheduled', 'cancelled', 'active', 'ended'];
    always(({ before, after }) =>
      expect(order.indexOf(after.status)).toBeGreaterThanOrEqual(order.indexOf(before.status)),
    );
  });

  it('an ended or cancelled meeting changes no more', () =>
    always(({ before, events }) => {
      if (['ended', 'cancelled'].includes(before.status)) expect(events).toEqual([]);
    }));

  it('recordings start and stop by turns, and none outlasts the meeting or its last participant', () =>
    always(step => {
      const { recordings } = logAfter(step);
      recordings.forEach(({ kind, recordingId }, index) => {
        expect(kind).toBe(index % 2 === 0 ? 'MeetingRecordingStarted' : 'MeetingRecordingStopped');
        if (kind === 'MeetingRecordingStopped') expect(recordings[index - 1]?.recordingId).toBe(recordingId);
      });
      const last = recordings.at(-1);
      const running = last?.kind === 'MeetingRecordingStarted' ? last.recordingId : undefined;
      expect(step.after.recordingId).toBe(running);
      const emptied = step.events.some(({ type }) => type === 'ParticipantLeft' || type === 'MeetingEnded');
      if (emptied && Object.keys(step.after.roster).length === 0) expect(running).toBeUndefined();
    }));
});

describe('in any sequence of commands', () => {
  const COST: Partial<Record<MeetingEvent['type'], 'host' | 'moderator' | 'admin'>> = {
    MeetingStarted: 'host',
    MeetingEnded: 'host',
    MeetingCancelled: 'host',
    SecurityPolicyApplied: 'host',
    HostChanged: 'host',
    ParticipantRoleChanged: 'host',
    BreakoutRoomsOpened: 'host',
    BreakoutRoomsClosed: 'host',
    ParticipantAdmitted: 'moderator',
    ParticipantDenied: 'moderator',
    BreakoutRoomsCloseAnnounced: 'admin',
    MediaPlaced: 'admin',
  };
  it('nobody does what is for the host, for moderators or for Parley alone', () =>
    always(({ command: { by, type }, events, history, before }) => {
      const { host, role, settings } = readLog([...history, ...(type === 'CreateMeeting' ? events : [])]);
      const may = {
        admin: isAdmin(by),
        host: isAdmin(by) || by.userId === host,
        moderator: isAdmin(by) || by.userId === host || role(by.userId) === 'co-host',
      };
      for (const event of events) {
        const needed = COST[event.type];
        if (needed) expect([type, needed, may[needed]]).toEqual([type, needed, true]);
        if (event.type === 'ParticipantLeft' && event.data.userId !== by.userId) {
          expect(may.moderator).toBe(true);
          if (event.data.userId === host) expect(type === 'EndMeeting' || isAdmin(by)).toBe(true);
        }
        if (event.type === 'ParticipantStoppedWaiting')
          expect(may.admin || event.data.userId === by.userId).toBe(true);
        if (event.type === 'MeetingRecordingStarted') {
          expect(settings?.recordingPermission).not.toBe('none');
          expect(may.moderator || settings?.recordingPermission === 'all').toBe(true);
        }
        if (type === 'StopRecording')
          expect(may.moderator || before.recordingStartedBy === by.userId).toBe(true);
      }
    }));

  it('nobody but the host comes in blocked, without the password, past the lock or the waiting room, or after a denial', () =>
    always(({ command, events, before, history }) => {
      if (command.type !== 'JoinMeeting' || events.length === 0 || command.by.userId === before.hostUserId)
        return;
      const { role, admission } = readLog(history);
      const { userId, roles, email } = command.by;
      const trusted = isAdmin(command.by) || role(userId) === 'co-host';
      const { settings } = before;
      expect(settings.blockedUsers).not.toContain(userId);
      expect(admission(userId)).not.toBe('denied');
      if (settings.passwordHash) expect(command.passwordMatches).toBe(true);
      if (settings.locked) expect(trusted).toBe(true);
      if (!settings.anonymousJoinAllowed) expect(roles).not.toContain('guest');
      if (settings.allowedDomains.length > 0 && !isAdmin(command.by)) expect(email).toBe('linus@Example.com');
      if (!events.some(({ type }) => type === 'ParticipantJoined')) return;
      if (settings.waitingRoomEnabled && !trusted) expect(admission(userId)).toBe('admitted');
    }));

  it('events speak of those whom the command is about, at the time of the command', () =>
    always(({ command, events }) => {
      for (const { type, data } of events) {
        if ('meetingId' in data) expect(data.meetingId).toBe('m1');
        expect(JSON.stringify(data)).toContain(command.at);
        if (type === 'ParticipantJoined') expect(data.userId).toBe(command.by.userId);
      }
    }));
});

it('the sequences tried lead to every kind of event and every kind of refusal that a meeting has', () => {
  const seen = new Set<string>();
  for (const commands of fc.sample(anyMeetingCommands, { numRuns: 600, seed: 1 })) {
    for (const { events, refused } of runSequence(Meeting, commands)) {
      events.forEach(({ type }) => seen.add(type));
      if (refused) seen.add(refused.code);
    }
  }
  expect(sorted(seen)).toEqual(
    sorted([
      'BREAKOUT_ROOMS_ALREADY_OPEN',
      'BREAKOUT_ROOMS_NOT_OPEN',
      'BREAKOUT_ROOM_FULL',
      'BREAKOUT_ROOM_NOT_FOUND',
      'BreakoutRoomAssigned',
      'BreakoutRoomLeft',
      'BreakoutRoomsCloseAnnounced',
      'BreakoutRoomsClosed',
      'BreakoutRoomsOpened',
      'HostChanged',
      'MEETING_CANCELLED',
      'MEETING_LOCKED',
      'MeetingCancelled',
      'ParticipantStoppedWaiting',
      'SecurityPolicyApplied',
      'INSUFFICIENT_PERMISSION',
      'INVALID_PASSWORD',
      'JOIN_DENIED',
      'MAX_PARTICIPANTS_REACHED',
      'MEETING_ALREADY_ACTIVE',
      'MEETING_ALREADY_EXISTS',
      'MEETING_ENDED',
      'MEETING_NOT_ACTIVE',
      'MEETING_NOT_FOUND',
      'PARTICIPANT_NOT_FOUND',
      'RECORDING_ALREADY_ACTIVE',
      'RECORDING_DISABLED',
      'RECORDING_NOT_ACTIVE',
      'VALIDATION_FAILED',
      'MediaPlaced',
      'MeetingCreated',
      'MeetingEnded',
      'MeetingRecordingStarted',
      'MeetingRecordingStopped',
      'MeetingStarted',
      'ParticipantAdmitted',
      'ParticipantDenied',
      'ParticipantJoined',
      'ParticipantLeft',
      'ParticipantRoleChanged',
      'ParticipantWaiting',
    ]),
  );
});
