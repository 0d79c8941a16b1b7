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

/** Recordings that the principal may see, the newest first: those of meetings they host or took part in. */
export class ListRecordings extends Query<RecordingRow[]> {
  constructor(
    readonly filter: RecordingFilter,
    readonly principal: Principal,
  ) {
    super();
  }
}

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
          eb(
            'meeting_id',
            'in',
            eb.selectFrom('meetings').select('meeting_id').where('host_user_id', '=', userId),
          ),
          eb(
            'meeting_id',
            'in',
            eb.selectFrom('participants').select('meeting_id').where('user_id', '=', userId),
          ),
        ]),
      );
    }
    return query.orderBy('started_at', 'desc').limit(limit).offset(offset).execute();
  }
}
