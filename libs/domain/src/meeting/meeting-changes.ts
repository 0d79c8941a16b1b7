import { DomainError } from '../domain-error.js';
import { mayModerate } from '../meeting-role.js';
import { isAdmin, type Principal } from '../principal.js';
import type { LeaveReason, MeetingEvent } from './meeting-events.js';
import { roleOf, type MeetingState, type Seat } from './meeting-state.js';

/** Whether host, co-host or administrator. */
export const moderates = (state: MeetingState, by: Principal): boolean =>
  isAdmin(by) || mayModerate(roleOf(state, by.userId));
export const requireModerator = (state: MeetingState, by: Principal): void => {
  if (!moderates(state, by))
    throw new DomainError('INSUFFICIENT_PERMISSION', {}, 'Only host and co-hosts of the meeting may do this');
};
export const requireHost = (state: MeetingState, by: Principal): void => {
  if (!isAdmin(by) && roleOf(state, by.userId) !== 'host')
    throw new DomainError('INSUFFICIENT_PERMISSION', {}, 'Only the host of the meeting may do this');
};
/** @throws DomainError MEETING_ENDED, MEETING_CANCELLED, MEETING_NOT_ACTIVE */
export const requireActive = (state: MeetingState): void => {
  if (state.status === 'ended') throw new DomainError('MEETING_ENDED');
  if (state.status === 'cancelled') throw new DomainError('MEETING_CANCELLED');
  if (state.status !== 'active') throw new DomainError('MEETING_NOT_ACTIVE');
};

export const stoppedWaiting = (meetingId: string, userId: string, stoppedAt: string): MeetingEvent => ({
  type: 'ParticipantStoppedWaiting',
  data: { meetingId, userId, stoppedAt },
});

export const left = (meetingId: string, seat: Seat, reason: LeaveReason, leftAt: string): MeetingEvent => ({
  type: 'ParticipantLeft',
  data: { meetingId, participantId: seat.participantId, userId: seat.userId, reason, leftAt },
});
/** Nothing when none runs. */
export const recordingStopped = (
  state: MeetingState,
  stoppedBy: string,
  stoppedAt: string,
): MeetingEvent[] =>
  state.recordingId
    ? [
        {
          type: 'MeetingRecordingStopped',
          data: { meetingId: state.meetingId, recordingId: state.recordingId, stoppedBy, stoppedAt },
        },
      ]
    : [];
