import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { moderates, ownEntry, type Principal } from '#libs/domain';
import { GetMeeting, requireMember } from '../meetings/get-meeting.js';
import { type OccupiedRoom, occupiedRooms } from './occupied-rooms.js';

export interface ListedRooms {
  readonly rooms: readonly OccupiedRoom[];
  /** Whether the asker may see who is where: those in the meeting, and those who run it. */
  readonly named: boolean;
}

/** The breakout rooms that are open now; none where there are none. */
export class ListBreakoutRooms extends Query<ListedRooms> {
  constructor(
    readonly meetingId: string,
    readonly principal: Principal,
  ) {
    super();
  }
}

@QueryHandler(ListBreakoutRooms)
export class ListBreakoutRoomsHandler implements IQueryHandler<ListBreakoutRooms> {
  constructor(private readonly queries: QueryBus) {}

  async execute({ meetingId, principal }: ListBreakoutRooms): Promise<ListedRooms> {
    const meeting = await this.queries.execute(new GetMeeting(meetingId));
    requireMember(meeting, principal);
    const named = ownEntry(meeting.roster, principal.userId) !== undefined || moderates(meeting, principal);
    return { rooms: occupiedRooms(meeting), named };
  }
}
