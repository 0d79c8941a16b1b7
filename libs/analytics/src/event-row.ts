import type { RecordedEvent } from '#libs/event-log';

/** One event as analysts get it: one row, the same columns in every format. */
export interface EventRow {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly version: number;
  /** When it happened: ISO 8601, UTC. */
  readonly time: string;
  /** Who did it. */
  readonly user_id: string;
  readonly correlation_id: string;
  readonly causation_id: string | null;
  /** Null for what belongs to no meeting, such as the erasure of a user. */
  readonly meeting_id: string | null;
  readonly data: unknown;
}

export const EVENT_COLUMNS = [
  'position',
  'stream',
  'revision',
  'id',
  'type',
  'version',
  'time',
  'user_id',
  'correlation_id',
  'causation_id',
  'meeting_id',
  'data',
] as const satisfies readonly (keyof EventRow)[];

/** The id of the meeting that an event belongs to: every event of a meeting names it in its data. */
export const meetingIdOf = ({ data }: Pick<RecordedEvent, 'data'>): string | null => {
  const id = (data as { readonly meetingId?: unknown } | null)?.meetingId;
  return typeof id === 'string' ? id : null;
};

export const eventRow = (event: RecordedEvent): EventRow => ({
  position: event.position,
  stream: event.stream,
  revision: event.revision,
  id: event.id,
  type: event.type,
  version: event.version,
  time: event.time,
  user_id: event.metadata.userId,
  correlation_id: event.metadata.correlationId,
  causation_id: event.metadata.causationId ?? null,
  meeting_id: meetingIdOf(event),
  data: event.data,
});
