import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsInt, IsString, Length, Matches, Max, Min } from 'class-validator';
import { ID_PATTERN } from '../../meetings/meeting-id.js';
import { Documented } from '../../platform/documented.js';
import { IsInstant } from '../../platform/instant.js';
import { Optional } from '../../platform/optional.js';
import type { EventSelection } from '../../replay/event-selection.js';
import { requireEventTypes } from '../../replay/event-type-names.js';
import type { WindowWish } from '../../replay/event-window.js';
import { EVENT_FORMATS, type EventFormat } from './accepted-format.js';

const INTEGER = /^(-1|0|[1-9]\d{0,14})$/;
const LAST_POSITION = 999_999_999_999_999;
/** Repeated, or in one text with commas. */
const listOf = ({ value }: { value: unknown }): unknown =>
  value === undefined
    ? undefined
    : [value].flat().flatMap(one => (typeof one === 'string' ? one.split(',') : [one]));

/** The query of `GET /api/v1/events`: a part of the log, which events of it, how many and as what. */
export class EventsQuery {
  @Documented({
    schema: { type: 'integer', minimum: -1, maximum: LAST_POSITION },
    description: 'Only events after this position',
  })
  @Optional()
  @Matches(INTEGER, { message: 'after must be a position of the log, an integer of -1 or more' })
  after?: string;

  @Documented({
    description: 'Only what happened then or later: ISO 8601',
    example: '2024-01-15T10:00:00Z',
  })
  @Optional()
  @IsInstant()
  since?: string;

  @Documented({
    schema: { type: 'integer', minimum: 0, maximum: LAST_POSITION },
    description: 'Only events before this position',
  })
  @Optional()
  @Matches(/^(0|[1-9]\d{0,14})$/, {
    message: 'before must be a position of the log, an integer of 0 or more',
  })
  before?: string;

  @Documented({
    description: 'Only what happened until then: ISO 8601',
    example: '2024-01-15T11:00:00Z',
  })
  @Optional()
  @IsInstant()
  until?: string;

  @Documented({ default: 'forwards' })
  @Optional()
  @IsIn(['forwards', 'backwards'])
  direction?: 'forwards' | 'backwards';

  @Documented({
    example: 'forwards.42',
    description: 'Where to go on: the next_cursor of a page, with the same filters',
  })
  @Optional()
  @IsString()
  cursor?: string;

  @Documented({
    description: 'Only events of these types, as docs/EVENTS.md names them: repeated, or separated by commas',
    example: ['ParticipantJoined', 'ParticipantLeft'],
  })
  @Optional()
  @Transform(listOf)
  @IsString({ each: true })
  @ArrayMaxSize(100)
  type?: string[];

  @Documented({
    description: 'Only events of this stream; of all streams whose names begin so where it ends with *',
    example: 'participant-*',
  })
  @Optional()
  @Matches(/^[^*]{1,256}$|^[^*]{0,256}\*$/, {
    message: 'stream must be the name of a stream, or the beginning of names and one * at its end',
  })
  stream?: string;

  @Documented({ description: "Only events of this meeting's streams" })
  @Optional()
  @Matches(ID_PATTERN, { message: 'meeting must be 1 to 64 letters, digits, dashes or underscores' })
  meeting?: string;

  @Documented({ description: 'Only events that this user caused', example: 'ada' })
  @Optional()
  @IsString()
  @Length(1, 128)
  user?: string;

  @Documented({
    description: 'Events of a page, 1000 by default; lines of NDJSON, all by default',
  })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(10_000)
  limit?: number;

  @Documented({ description: 'Instead of the Accept header' })
  @Optional()
  @IsIn(EVENT_FORMATS)
  format?: EventFormat;
}

const position = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text);

export const wishOf = ({ after, since, before, until, direction, cursor }: EventsQuery): WindowWish => ({
  after: position(after),
  since,
  before: position(before),
  until,
  direction,
  cursor,
});

/** @throws DomainError VALIDATION_FAILED for a type that there is not */
export const selectionOf = ({ type, stream, meeting, user }: EventsQuery): EventSelection => {
  if (type) requireEventTypes(type);
  return {
    types: type,
    ...(stream !== undefined && {
      stream: { name: stream.replace(/\*$/, ''), isPrefix: stream.endsWith('*') },
    }),
    meetingId: meeting,
    userId: user,
  };
};
