import { Controller, Get, Param, Query, UseFilters } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { meetingAt, publicEvent } from '#libs/domain';
import { Context } from '../../auth/request-context-param.js';
import { MeetingPath } from '../../meetings/meeting-id.js';
import { IsInstant } from '../../platform/instant.js';
import { Optional } from '../../platform/optional.js';
import type { RequestContext } from '../../platform/request-context.js';
import { ReadMeetingEvents } from '../../replay/read-meeting-events.js';
import { PlatformErrorFilter } from '../platform/platform-error-filter.js';
import { PlatformAnswers } from '../platform/platform-answers.js';
import { EVENTS_PAGE, STATE_AT_A_MOMENT } from './replay-examples.js';

class EventsQuery {
  @ApiPropertyOptional({ minimum: -1, description: 'Only events after this position' })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(-1)
  @Max(Number.MAX_SAFE_INTEGER)
  after?: number;

  @ApiPropertyOptional({ minimum: 1, maximum: 10_000, default: 1000 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(10_000)
  limit = 1000;
}

class StateQuery {
  @ApiPropertyOptional({ description: 'ISO 8601; now when absent', example: '2024-01-15T10:30:00Z' })
  @Optional()
  @IsInstant()
  at?: string;
}

/** Replay of one meeting, for its host and for the role analyst. */
@ApiTags('Replay')
@ApiBearerAuth()
@UseFilters(PlatformErrorFilter)
@Controller('api/v1/meetings/:id')
export class ReplayController {
  constructor(private readonly queries: QueryBus) {}

  @Get('events')
  @PlatformAnswers(
    { description: 'A page of events', example: EVENTS_PAGE },
    'INSUFFICIENT_PERMISSION',
    'MEETING_NOT_FOUND',
  )
  @ApiOperation({ summary: 'Everything that happened in the meeting, in order' })
  async events(
    @Param() { id }: MeetingPath,
    @Query() { after, limit }: EventsQuery,
    @Context() context: RequestContext,
  ): Promise<unknown> {
    const all = await this.queries.execute(new ReadMeetingEvents(id, context.by));
    const rest = after === undefined ? all : all.filter(event => event.position > after);
    const events = rest.slice(0, limit);
    return {
      meeting_id: id,
      events: events.map(event => publicEvent(event)),
      has_more: rest.length > limit,
      next_after: events.at(-1)?.position ?? after ?? -1,
    };
  }

  @Get('state')
  @PlatformAnswers(
    { description: 'The state, with the number of events that led to it', example: STATE_AT_A_MOMENT },
    'INSUFFICIENT_PERMISSION',
    'MEETING_NOT_FOUND',
  )
  @ApiOperation({ summary: 'The meeting as it was at a moment' })
  async state(
    @Param() { id }: MeetingPath,
    @Query() query: StateQuery,
    @Context() context: RequestContext,
  ): Promise<unknown> {
    const all = await this.queries.execute(new ReadMeetingEvents(id, context.by));
    const at = query.at ? Date.parse(query.at) : undefined;
    const until = at === undefined ? all : all.filter(event => Date.parse(event.time) <= at);
    return { meeting_id: id, at: query.at ?? null, events: until.length, state: meetingAt(until) };
  }
}
