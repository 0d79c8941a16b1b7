import { DomainError } from '../domain-error.js';
import { mayModerate } from '../meeting-role.js';
import { ownEntry } from '../own-entry.js';
import { isAdmin, type Principal } from '../principal.js';
import { decideJoin } from './decide-join.js';
import type { MeetingCommand } from './meeting-commands.js';
import type { LeaveReason, MeetingEvent } from './meeting-events.js';
import { roleOf, type MeetingState, type Seat } from './meeting-state.js';

const requireModerator = (state: MeetingState, by: Principal): void => {
  if (!isAdmin(by) && !mayModerate(roleOf(state, by.userId)))
    throw new DomainError('INSUFFICIENT_PERMISSION');
};
const requireHost = (state: MeetingState, by: Principal): void => {
  if (!isAdmin(by) && roleOf(state, by.userId) !== 'host') throw new DomainError('INSUFFICIENT_PERMISSION');
};
const requireActive = (state: MeetingState): void => {
  if (state.status === 'ended') throw new DomainError('MEETING_ENDED');
  if (state.status !== 'active') throw new DomainError('MEETING_NOT_ACTIVE');
};

const left = (meetingId: string, seat: Seat, reason: LeaveReason, leftAt: string): MeetingEvent => ({
  type: 'ParticipantLeft',
  data: { meetingId, participantId: seat.participantId, userId: seat.userId, reason, leftAt },
});
const recordingStopped = (state: MeetingState, stoppedBy: string, stoppedAt: string): MeetingEvent[] =>
  state.recordingId
    ? [
        {
          type: 'MeetingRecordingStopped',
          data: { meetingId: state.meetingId, recordingId: state.recordingId, stoppedBy, stoppedAt },
        },
      ]
    : [];

export const decideMeeting = (state: MeetingState, command: MeetingCommand): readonly MeetingEvent[] => {
  const { meetingId } = state;
  const { by, at } = command;
  if (command.type === 'CreateMeeting') {
    if (state.status !== 'none') throw new DomainError('MEETING_ALREADY_EXISTS', { meeting_id: meetingId });
    const { type: _type, by: _by, at: _at, startNow, ...given } = command;
    // Anything else would compare as "never full", or make a meeting that nobody can enter.
    if (!Number.isSafeInteger(given.settings.maxParticipants) || given.settings.maxParticipants < 1) {
      throw new DomainError('VALIDATION_FAILED', { max_participants: 'must be a whole number from 1' });
    }
    const started: MeetingEvent = {
      type: 'MeetingStarted',
      data: { meetingId: given.meetingId, startedBy: by.userId, startedAt: at },
    };
    return [
      {
        type: 'MeetingCreated',
        data: { ...given, hostUserId: by.userId, hostName: by.name, createdAt: at },
      },
      ...(startNow ? [started] : []),
    ];
  }
  if (state.status === 'none') throw new DomainError('MEETING_NOT_FOUND');

  switch (command.type) {
    case 'StartMeeting':
      requireHost(state, by);
      if (state.status === 'ended') throw new DomainError('MEETING_ENDED');
      if (state.status === 'active') throw new DomainError('MEETING_ALREADY_ACTIVE');
      return [{ type: 'MeetingStarted', data: { meetingId, startedBy: by.userId, startedAt: at } }];
    case 'EndMeeting':
      requireHost(state, by);
      requireActive(state);
      return [
        ...recordingStopped(state, by.userId, at),
        ...Object.values(state.roster).map(seat => left(meetingId, seat, 'meeting-ended', at)),
        { type: 'MeetingEnded', data: { meetingId, endedBy: by.userId, endedAt: at } },
      ];
    case 'JoinMeeting':
      return decideJoin(state, command);
    case 'LeaveMeeting': {
      const seat = ownEntry(state.roster, command.userId);
      if (!seat) throw new DomainError('PARTICIPANT_NOT_FOUND', { user_id: command.userId });
      if (command.userId !== by.userId) {
        requireModerator(state, by);
        if (seat.role === 'host' && !isAdmin(by)) throw new DomainError('INSUFFICIENT_PERMISSION');
      }
      const alone = Object.keys(state.roster).length === 1;
      return [
        left(meetingId, seat, command.reason, at),
        ...(alone ? recordingStopped(state, by.userId, at) : []),
      ];
    }
    case 'AdmitParticipant':
    case 'DenyParticipant': {
      requireModerator(state, by);
      requireActive(state);
      const { userId } = command;
      // Who was denied may still be admitted: a host can be mistaken, and asking again is refused to the denied.
      const mistaken = command.type === 'AdmitParticipant' && state.denied.includes(userId);
      if (!ownEntry(state.waiting, userId) && !mistaken) {
        throw new DomainError('PARTICIPANT_NOT_FOUND', { user_id: userId });
      }
      return command.type === 'AdmitParticipant'
        ? [
            {
              type: 'ParticipantAdmitted',
              data: { meetingId, userId, admittedBy: by.userId, admittedAt: at },
            },
          ]
        : [{ type: 'ParticipantDenied', data: { meetingId, userId, deniedBy: by.userId, deniedAt: at } }];
    }
    case 'ChangeRole': {
      requireHost(state, by);
      const { userId, role } = command;
      const seat = ownEntry(state.roster, userId);
      if (!seat) throw new DomainError('PARTICIPANT_NOT_FOUND', { user_id: userId });
      if (userId === state.hostUserId || role === 'host') {
        throw new DomainError(
          'INSUFFICIENT_PERMISSION',
          { role },
          'A meeting has exactly one host: whoever created it',
        );
      }
      if (seat.role === role) return [];
      const { participantId } = seat;
      return [
        {
          type: 'ParticipantRoleChanged',
          data: { meetingId, participantId, userId, role, changedBy: by.userId, changedAt: at },
        },
      ];
    }
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
      requireModerator(state, by);
      requireActive(state);
      if (!state.settings.recordingEnabled) throw new DomainError('RECORDING_DISABLED');
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
      requireModerator(state, by);
      if (!state.recordingId) throw new DomainError('RECORDING_NOT_ACTIVE');
      return recordingStopped(state, by.userId, at);
  }
};
