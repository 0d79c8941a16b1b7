import { DomainError } from '../domain-error.js';
import { ownEntry } from '../own-entry.js';
import { checkedSettings } from './checked-settings.js';
import { evolveMeeting } from './evolve-meeting.js';
import type { ApplySecurityPolicy } from './meeting-commands.js';
import { left, recordingStopped } from './meeting-changes.js';
import type { MeetingEvent, MeetingSettings } from './meeting-events.js';
import type { MeetingState } from './meeting-state.js';
import { permissionsOf } from './permissions.js';

const settingsAfter = (state: MeetingState, command: ApplySecurityPolicy): MeetingSettings => {
  const { passwordHash: before, ...kept } = state.settings;
  // What is not given stays as it is, also where it is named without a value.
  const given = Object.entries(command.changes).filter(
    ([key, value]) => value !== undefined && key !== 'passwordHash',
  );
  const { passwordRequired = (command.passwordHash ?? before) !== undefined } = command;
  const passwordHash = passwordRequired ? (command.passwordHash ?? before) : undefined;
  if (passwordRequired && passwordHash === undefined) {
    throw new DomainError('VALIDATION_FAILED', {
      password: 'is needed: the meeting has no password that could be required',
    });
  }
  const settings = {
    ...kept,
    ...Object.fromEntries(given),
    ...(passwordHash !== undefined && { passwordHash }),
  };
  return checkedSettings(settings, state.hostUserId);
};

const same = (one: MeetingSettings, other: MeetingSettings): boolean => {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof MeetingSettings>;
  // Lists are the only values that are not themselves.
  return [...keys].every(key => JSON.stringify(one[key]) === JSON.stringify(other[key]));
};

/**
 * What else is so at once: those blocked leave, those who wait are let in where nobody must wait, a recording ends that is
 * allowed no more. Microphones, cameras and screens follow on the participants' own streams.
 */
export const decidePolicy = (state: MeetingState, command: ApplySecurityPolicy): readonly MeetingEvent[] => {
  const { meetingId } = state;
  const { by, at } = command;
  if (state.status === 'ended') throw new DomainError('MEETING_ENDED');
  if (state.status === 'cancelled') throw new DomainError('MEETING_CANCELLED');
  const settings = settingsAfter(state, command);
  const { blockedUsers } = settings;
  if (same(settings, state.settings)) return [];
  const applied: MeetingEvent = {
    type: 'SecurityPolicyApplied',
    data: { meetingId, settings, appliedBy: by.userId, appliedAt: at },
  };
  const after = evolveMeeting(state, applied);
  const removed = blockedUsers.flatMap(userId => ownEntry(state.roster, userId) ?? []);
  const answered = Object.keys(state.waiting).flatMap((userId): MeetingEvent[] => {
    if (blockedUsers.includes(userId))
      return [{ type: 'ParticipantDenied', data: { meetingId, userId, deniedBy: by.userId, deniedAt: at } }];
    // A locked meeting lets nobody in: who waits there goes on waiting.
    return settings.waitingRoomEnabled || settings.locked
      ? []
      : [
          {
            type: 'ParticipantAdmitted',
            data: { meetingId, userId, admittedBy: by.userId, admittedAt: at },
          },
        ];
  });
  const starter = state.recordingStartedBy;
  // Parley and administrators record in nobody's role: only who had the permission by being in can lose it.
  const withdrawn =
    starter !== undefined &&
    state.attendance.includes(starter) &&
    permissionsOf(state, starter).record &&
    !permissionsOf(after, starter).record;
  const emptied = removed.length > 0 && removed.length === Object.keys(state.roster).length;
  return [
    applied,
    ...removed.map(seat => left(meetingId, seat, 'removed', at)),
    ...answered,
    ...(withdrawn || emptied || settings.recordingPermission === 'none'
      ? recordingStopped(state, by.userId, at)
      : []),
  ];
};
