import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { isAdmin, type Principal } from '#libs/domain';
import type { Database } from '#libs/read-models';
import type { Selectable } from 'kysely';
import { InjectReadModels, type ReadModels } from '../platform/read-models.js';

export type RecordingRow = Selectable<Database['recordings']>;

export interface RecordingFilter {
  readonly recordingId?: string;
  readonly meetingId?: string;
  readonly limit: number;
  readonly offset: number;
}

/** Recordings that the principal may see, the newest first: those of meetings they host, or took part in and may come back to. */
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

/** Where the user was, and may come back: as `isMember` has it. */
const attendedBy = (readModels: ReadModels, userId: string) =>
  readModels
    .selectFrom('participants')
    .select('meeting_id')
    .where('user_id', '=', userId)
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('turned_away')
            .select('turned_away.user_id')
            .whereRef('turned_away.meeting_id', '=', 'participants.meeting_id')
            .where('turned_away.user_id', '=', userId)
            .where(away => away.or([away('is_denied', '=', 1), away('is_blocked', '=', 1)])),
        ),
      ),
    );

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
