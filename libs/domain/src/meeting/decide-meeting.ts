import { DomainError } from '../domain-error.js';
import { ownEntry } from '../own-entry.js';
import { isAdmin } from '../principal.js';
import { checkedSettings } from './checked-settings.js';
import { breakoutClosed, decideBreakout } from './decide-breakout.js';
import { decideJoin } from './decide-join.js';
import { decidePolicy } from './decide-policy.js';
import { decideRole } from './decide-role.js';
import {
  left,
  recordingStopped,
  requireActive,
  requireHost,
  requireModerator,
  stoppedWaiting,
} from './meeting-changes.js';
import type { AdmitParticipant, DenyParticipant, MeetingCommand } from './meeting-commands.js';
import type { MeetingEvent } from './meeting-events.js';
import type { MeetingState } from './meeting-state.js';
import { permissionsOf } from './permissions.js';

/** Whoever is not the host must be in to record. */
const requireRecording = (state: MeetingState, userId: string): void => {
  const present = userId === state.hostUserId || ownEntry(state.roster, userId) !== undefined;
  if (!present || !permissionsOf(state, userId).record) throw new DomainError('INSUFFICIENT_PERMISSION');
};

/** Everybody who waits, or one. */
const answered = (state: MeetingState, command: AdmitParticipant | DenyParticipant): MeetingEvent[] => {
  const { meetingId } = state;
  const { type, by, at, userId } = command;
  // Nobody is told to come in who could not.
  if (type === 'AdmitParticipant' && state.settings.locked) throw new DomainError('MEETING_LOCKED');
  // Who was denied may still be admitted: a host can be mistaken, and asking again is refused to the denied.
  const mistaken = userId !== undefined && type === 'AdmitParticipant' && state.denied.includes(userId);
  if (userId !== undefined && !ownEntry(state.waiting, userId) && !mistaken) {
    throw new DomainError('PARTICIPANT_NOT_FOUND', { user_id: userId });
  }
  if (mistaken && state.settings.blockedUsers.includes(userId)) {
    throw new DomainError(
      'INSUFFICIENT_PERMISSION',
      { user_id: userId },
      'This user is blocked: take them off blocked_users first',
    );
  }
  const asked = userId === undefined ? Object.keys(state.waiting) : [userId];
  return asked.map(who =>
    type === 'AdmitParticipant'
      ? {
          type: 'ParticipantAdmitted',
          data: { meetingId, userId: who, admittedBy: by.userId, admittedAt: at },
        }
      : { type: 'ParticipantDenied', data: { meetingId, userId: who, deniedBy: by.userId, deniedAt: at } },
  );
};

export const decideMeeting = (state: MeetingState, command: MeetingCommand): readonly MeetingEvent[] => {
  const { meetingId } = state;
  const { by, at } = command;
  if (command.type === 'CreateMeeting') {
    if (state.status !== 'none') throw new DomainError('MEETING_ALREADY_EXISTS', { meeting_id: meetingId });
    const { type: _type, by: _by, at: _at, startNow, ...given } = command;
    const settings = checkedSettings(given.settings, by.userId);
    const started: MeetingEvent = {
      type: 'MeetingStarted',
      data: { meetingId: given.meetingId, startedBy: by.userId, startedAt: at },
    };
    return [
      {
        type: 'MeetingCreated',
        data: { ...given, settings, hostUserId: by.userId, hostName: by.name, createdAt: at },
      },
      ...(startNow ? [started] : []),
    ];
  }
  if (state.status === 'none') throw new DomainError('MEETING_NOT_FOUND');

  switch (command.type) {
    case 'StartMeeting':
      requireHost(state, by);
      if (state.status === 'ended') throw new DomainError('MEETING_ENDED');
      if (state.status === 'cancelled') throw new DomainError('MEETING_CANCELLED');
      if (state.status === 'active') throw new DomainError('MEETING_ALREADY_ACTIVE');
      return [{ type: 'MeetingStarted', data: { meetingId, startedBy: by.userId, startedAt: at } }];
    case 'EndMeeting':
      requireHost(state, by);
      requireActive(state);
      return [
        ...recordingStopped(state, by.userId, at),
        ...breakoutClosed(state, 'meeting-ended', by.userId, at),
        ...Object.values(state.roster).map(seat => left(meetingId, seat, 'meeting-ended', at)),
        { type: 'MeetingEnded', data: { meetingId, endedBy: by.userId, endedAt: at } },
      ];
    case 'CancelMeeting':
      requireHost(state, by);
      if (state.status === 'ended') throw new DomainError('MEETING_ENDED');
      if (state.status === 'active') throw new DomainError('MEETING_ALREADY_ACTIVE');
      if (state.status === 'cancelled') return [];
      return [{ type: 'MeetingCancelled', data: { meetingId, cancelledBy: by.userId, cancelledAt: at } }];
    case 'ApplySecurityPolicy':
      requireHost(state, by);
      return decidePolicy(state, command);
    case 'JoinMeeting':
      return decideJoin(state, command);
    case 'LeaveMeeting': {
      const own = command.userId === by.userId;
      // Before anything is said of who is in: strangers must not learn that.
      if (!own) requireModerator(state, by);
      const seat = ownEntry(state.roster, command.userId);
      if (!seat && own && ownEntry(state.waiting, command.userId))
        return [stoppedWaiting(meetingId, command.userId, at)];
      if (!seat) throw new DomainError('PARTICIPANT_NOT_FOUND', { user_id: command.userId });
      if (!own && seat.role === 'host' && !isAdmin(by)) throw new DomainError('INSUFFICIENT_PERMISSION');
      const alone = Object.keys(state.roster).length === 1;
      return [
        // Nobody shows themselves the door: whoever left comes back as they like.
        left(meetingId, seat, own && command.reason === 'removed' ? 'left' : command.reason, at),
        ...(alone ? recordingStopped(state, by.userId, at) : []),
      ];
    }
    case 'AdmitParticipant':
    case 'DenyParticipant':
      requireModerator(state, by);
      requireActive(state);
      return answered(state, command);
    case 'StopWaiting': {
      const { userId } = command;
      if (userId !== by.userId && !isAdmin(by)) throw new DomainError('INSUFFICIENT_PERMISSION');
      return ownEntry(state.waiting, userId) ? [stoppedWaiting(meetingId, userId, at)] : [];
    }
    case 'ChangeRole':
      return decideRole(state, command);
    case 'OpenBreakoutRooms':
    case 'AutoAssignBreakoutRooms':
    case 'AssignBreakoutRoom':
    case 'ReturnFromBreakoutRoom':
    case 'AnnounceBreakoutRoomsClose':
    case 'CloseBreakoutRooms':
      return decideBreakout(state, command);
    case 'PlaceMedia':
      requireActive(state);
      if (!isAdmin(by)) throw new DomainError('INSUFFICIENT_PERMISSION');
      if (state.mediaWorkerId !== command.replaces || state.mediaWorkerId === command.mediaWorkerId)
        return [];
      return [
        {
          type: 'MediaPlaced',
          data: {
            meetingId,
            mediaWorkerId: command.mediaWorkerId,
            ...(command.replaces && { replaces: command.replaces }),
            placedAt: at,
          },
        },
      ];
    case 'StartRecording':
      requireActive(state);
      if (state.settings.recordingPermission === 'none') throw new DomainError('RECORDING_DISABLED');
      if (!isAdmin(by)) requireRecording(state, by.userId);
      if (state.recordingId) {
        throw new DomainError('RECORDING_ALREADY_ACTIVE', { recording_id: state.recordingId });
      }
      return [
        {
          type: 'MeetingRecordingStarted',
          data: { meetingId, recordingId: command.recordingId, startedBy: by.userId, startedAt: at },
        },
      ];
    case 'StopRecording':
      // Who started it, too, while they are in: whoever was removed decides nothing here any more.
      if (state.recordingStartedBy !== by.userId || !ownEntry(state.roster, by.userId))
        requireModerator(state, by);
      if (!state.recordingId) throw new DomainError('RECORDING_NOT_ACTIVE');
      return recordingStopped(state, by.userId, at);
  }
};
