import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { isAdmin, type Principal } from '#libs/domain';
import type { Database } from '#libs/read-models';
import { type Selectable, sql } from 'kysely';
import { InjectReadModels, type ReadModels } from '../platform/read-models.js';

export type RecordingRow = Selectable<Database['recordings']>;

export interface RecordingFilter {
  readonly recordingId?: string;
  readonly meetingId?: string;
  readonly limit: number;
  readonly offset: number;
}

/** Recordings that the principal may see, the newest first: those of meetings they host or took part in without being removed or blocked. */
export class ListRecordings extends Query<RecordingRow[]> {
  constructor(
    readonly filter: RecordingFilter,
    readonly principal: Principal,
  ) {
    super();
  }
}

const hostedBy = (readModels: ReadModels, userId: string) =>
  readModels.selectFrom('meetings').select('meeting_id').where('host_user_id', '=', userId);

/** Where the user was, and was neither shown the door last nor is blocked. */
const attendedBy = (readModels: ReadModels, userId: string) =>
  readModels
    .selectFrom('participants as seat')
    .innerJoin('meetings', 'meetings.meeting_id', 'seat.meeting_id')
    .select('seat.meeting_id')
    .where('seat.user_id', '=', userId)
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('participants as removed')
            .select('removed.participant_id')
            .whereRef('removed.meeting_id', '=', 'seat.meeting_id')
            .where('removed.user_id', '=', userId)
            .where('removed.leave_reason', '=', 'removed')
            .whereRef('removed.joined_at', '>=', 'seat.joined_at'),
        ),
      ),
    ).where(sql<boolean>`not exists (
      select 1 from json_each(meetings.settings, '$.blockedUsers') as blocked where blocked.value = ${userId})`);

@QueryHandler(ListRecordings)
export class ListRecordingsHandler implements IQueryHandler<ListRecordings> {
  constructor(@InjectReadModels() private readonly readModels: ReadModels) {}

  execute({ filter, principal }: ListRecordings): Promise<RecordingRow[]> {
    const { recordingId, meetingId, limit, offset } = filter;
    const { userId } = principal;
    let query = this.readModels.selectFrom('recordings').selectAll('recordings');
    if (recordingId) query = query.where('recording_id', '=', recordingId);
    if (meetingId) query = query.where('meeting_id', '=', meetingId);
    if (!isAdmin(principal)) {
      query = query.where(eb =>
        eb.or([
          eb('meeting_id', 'in', hostedBy(this.readModels, userId)),
          eb('meeting_id', 'in', attendedBy(this.readModels, userId)),
        ]),
      );
    }
    return query.orderBy('started_at', 'desc').limit(limit).offset(offset).execute();
  }
}
