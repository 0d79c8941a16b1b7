import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { DomainError, isAdmin, Meeting, type MeetingState, type Principal } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';

/** The meeting as it is now. Anyone signed in who knows its id may see it: they must, to join. */
export class GetMeeting extends Query<MeetingState> {
  constructor(readonly meetingId: string) {
    super();
  }
}

@QueryHandler(GetMeeting)
export class GetMeetingHandler implements IQueryHandler<GetMeeting> {
  constructor(private readonly aggregates: Aggregates) {}

  async execute({ meetingId }: GetMeeting): Promise<MeetingState> {
    const state = await this.aggregates.state(Meeting, meetingId);
    if (state.status === 'none') throw new DomainError('MEETING_NOT_FOUND', { meeting_id: meetingId });
    return state;
  }
}

/** Whoever is in the meeting or was, and was not shown the door; its host, and administrators. */
export const isMember = (state: MeetingState, principal: Principal): boolean => {
  const { hostUserId, attendance, denied, settings } = state;
  const { userId } = principal;
  if (isAdmin(principal) || userId === hostUserId) return true;
  return attendance.includes(userId) && !denied.includes(userId) && !settings.blockedUsers.includes(userId);
};

export const requireMember = (state: MeetingState, principal: Principal): void => {
  if (!isMember(state, principal)) {
    throw new DomainError(
      'INSUFFICIENT_PERMISSION',
      {},
      'Only those who take part in the meeting may see this',
    );
  }
};
