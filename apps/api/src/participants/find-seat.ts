import { DomainError, Meeting, type MeetingState, ownEntry, type Seat } from '#libs/domain';
import type { Aggregates } from '../platform/aggregates.js';

export interface Seated {
  readonly meeting: MeetingState;
  readonly seat: Seat;
}

/** @throws DomainError MEETING_NOT_FOUND, MEETING_CANCELLED, MEETING_NOT_ACTIVE, MEETING_ENDED */
export const requireActive = ({ status }: MeetingState, meetingId: string): void => {
  if (status === 'none') throw new DomainError('MEETING_NOT_FOUND', { meeting_id: meetingId });
  if (status === 'cancelled') throw new DomainError('MEETING_CANCELLED');
  if (status === 'ended') throw new DomainError('MEETING_ENDED');
  if (status !== 'active') throw new DomainError('MEETING_NOT_ACTIVE');
};

/** The meeting and the user's seat in it. @throws DomainError as `requireActive`, NOT_IN_MEETING */
export const findSeat = async (
  aggregates: Aggregates,
  meetingId: string,
  userId: string,
): Promise<Seated> => {
  const meeting = await aggregates.state(Meeting, meetingId);
  requireActive(meeting, meetingId);
  const seat = ownEntry(meeting.roster, userId);
  if (!seat) throw new DomainError('NOT_IN_MEETING');
  return { meeting, seat };
};
