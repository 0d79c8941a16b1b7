import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { DomainError, Meeting, type MeetingState, Room, roomName } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';

export interface FoundRoom {
  readonly name: string;
  readonly meeting: MeetingState;
}

/** The meeting that a name leads to, running or ended. Changes nothing, unlike opening the room. */
export class FindRoom extends Query<FoundRoom> {
  constructor(readonly name: string) {
    super();
  }
}

@QueryHandler(FindRoom)
export class FindRoomHandler implements IQueryHandler<FindRoom> {
  constructor(private readonly aggregates: Aggregates) {}

  async execute({ name: text }: FindRoom): Promise<FoundRoom> {
    const name = roomName(text);
    const { meetingId } = await this.aggregates.state(Room, name);
    const meeting = meetingId === undefined ? undefined : await this.aggregates.state(Meeting, meetingId);
    if (!meeting || meeting.status === 'none') throw new DomainError('MEETING_NOT_FOUND', { name });
    return { name, meeting };
  }
}
