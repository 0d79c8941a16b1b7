import { DomainError, Meeting, type MeetingState, ownEntry, requireActive, type Seat } from '#libs/domain';
import type { Aggregates } from '../platform/aggregates.js';

export interface Seated {
  readonly meeting: MeetingState;
  readonly seat: Seat;
}

/** The meeting, which is active. @throws DomainError MEETING_NOT_FOUND, and as `requireActive` */
export const activeMeeting = async (aggregates: Aggregates, meetingId: string): Promise<MeetingState> => {
  const meeting = await aggregates.state(Meeting, meetingId);
  if (meeting.status === 'none') throw new DomainError('MEETING_NOT_FOUND', { meeting_id: meetingId });
  requireActive(meeting);
  return meeting;
};

/** The meeting and the user's seat in it. @throws DomainError as `activeMeeting`, NOT_IN_MEETING */
export const findSeat = async (
  aggregates: Aggregates,
  meetingId: string,
  userId: string,
): Promise<Seated> => {
  const meeting = await activeMeeting(aggregates, meetingId);
  const seat = ownEntry(meeting.roster, userId);
  if (!seat) throw new DomainError('NOT_IN_MEETING');
  return { meeting, seat };
};
