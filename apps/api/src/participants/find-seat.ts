import { DomainError, Meeting, type MeetingState, ownEntry, type Seat } from '#libs/domain';
import type { Aggregates } from '../platform/aggregates.js';

export interface Seated {
  readonly meeting: MeetingState;
  readonly seat: Seat;
}

/** The meeting and the user's seat in it. @throws DomainError MEETING_NOT_FOUND, MEETING_ENDED, MEETING_NOT_ACTIVE, NOT_IN_MEETING */
export const findSeat = async (
  aggregates: Aggregates,
  meetingId: string,
  userId: string,
): Promise<Seated> => {
  const meeting = await aggregates.state(Meeting, meetingId);
  if (meeting.status === 'none') throw new DomainError('MEETING_NOT_FOUND', { meeting_id: meetingId });
  if (meeting.status === 'ended') throw new DomainError('MEETING_ENDED');
  const seat = ownEntry(meeting.roster, userId);
  if (!seat) throw new DomainError(meeting.status === 'active' ? 'NOT_IN_MEETING' : 'MEETING_NOT_ACTIVE');
  return { meeting, seat };
};
