import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import type { Principal } from '#libs/domain';
import type { Database } from '#libs/read-models';
import type { Selectable } from 'kysely';
import { GetMeeting, requireMember } from '../meetings/get-meeting.js';
import { InjectReadModels, type ReadModels } from '../platform/read-models.js';

export type ParticipantRow = Selectable<Database['participants']>;

/** Who is in the meeting now, in the order they came. */
export class ListParticipants extends Query<ParticipantRow[]> {
  constructor(
    readonly meetingId: string,
    readonly principal: Principal,
  ) {
    super();
  }
}

@QueryHandler(ListParticipants)
export class ListParticipantsHandler implements IQueryHandler<ListParticipants> {
  constructor(
    private readonly queries: QueryBus,
    @InjectReadModels() private readonly readModels: ReadModels,
  ) {}

  async execute({ meetingId, principal }: ListParticipants): Promise<ParticipantRow[]> {
    requireMember(await this.queries.execute(new GetMeeting(meetingId)), principal);
    return this.readModels
      .selectFrom('participants')
      .selectAll()
      .where('meeting_id', '=', meetingId)
      .where('left_at', 'is', null)
      .orderBy('joined_at')
      .orderBy('participant_id')
      .execute();
  }
}
