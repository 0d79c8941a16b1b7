import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { DomainError, isAdmin, Meeting, type MeetingState, type Principal } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';

export { moderates } from '#libs/domain';

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

/** Whoever is or was in the meeting, its host, and administrators. */
export const isMember = (state: MeetingState, principal: Principal): boolean =>
  isAdmin(principal) || principal.userId === state.hostUserId || state.attendance.includes(principal.userId);

export const requireMember = (state: MeetingState, principal: Principal): void => {
  if (!isMember(state, principal)) {
    throw new DomainError(
      'INSUFFICIENT_PERMISSION',
      {},
      'Only those who take part in the meeting may see this',
    );
  }
};
