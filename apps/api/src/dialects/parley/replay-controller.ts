import { Controller, Get, Inject, Param, Query, Res, UseFilters } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { diffMoments, meetingAt } from '#libs/domain';
import { type EventLog, START, type TypedEvent } from '#libs/event-log';
import type { FastifyReply } from 'fastify';
import { Context } from '../../auth/request-context-param.js';
import { MeetingPath } from '../../meetings/meeting-id.js';
import { Clock } from '../../platform/clock.js';
import { EVENT_LOG } from '../../platform/log-follower.js';
import { isInstant } from '../../platform/instant.js';
import { Documented } from '../../platform/documented.js';
import { Optional } from '../../platform/optional.js';
import type { RequestContext } from '../../platform/request-context.js';
import { eventsUpTo, type MomentReference } from '../../replay/moment-reference.js';
import { ReadMeetingEvents } from '../../replay/read-meeting-events.js';
import { ReadMeetingPage } from '../../replay/read-meeting-page.js';
import { wrongField } from '../../replay/wrong-field.js';
import { PlatformErrorFilter } from '../platform/platform-error-filter.js';
import { PlatformAnswers } from '../platform/platform-answers.js';
import { DiffQuery, StateQuery } from './moment-queries.js';
import { DIFFERENCE, EVENTS_PAGE, STATE_AT_A_MOMENT } from './replay-examples.js';
import { sendJson } from './send-json.js';

class MeetingEventsQuery {
  @Documented({ description: 'Only events after this position' })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(-1)
  @Max(Number.MAX_SAFE_INTEGER)
  after?: number;

  @Documented({ default: 1000 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(10_000)
  limit = 1000;
}

/** A meeting's events up to a moment, and where that lies. */
interface Cut {
  readonly events: readonly TypedEvent[];
  readonly shown: { readonly at: string | null; revision: number; position: number; events: number };
}

/** Replay of one meeting, for its host and for the role analyst. */
@ApiTags('Replay')
@ApiBearerAuth()
@UseFilters(PlatformErrorFilter)
@Controller('api/v1/meetings/:id')
export class ReplayController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly clock: Clock,
  ) {}

  @Get('events')
  @PlatformAnswers(
    { description: 'A page of events', example: EVENTS_PAGE },
    'INSUFFICIENT_PERMISSION',
    'MEETING_NOT_FOUND',
  )
  @ApiOperation({ summary: 'Everything that happened in the meeting, in order' })
  async events(
    @Param() { id }: MeetingPath,
    @Query() { after, limit }: MeetingEventsQuery,
    @Context() { by }: RequestContext,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = await this.queries.execute(new ReadMeetingPage(id, by, after, limit));
    const { events, hasMore, lastShown, lastLookedAt } = page;
    const next = (hasMore ? lastLookedAt : lastShown) ?? after ?? START;
    sendJson(reply, { meeting_id: id, events, has_more: hasMore, next_after: next });
  }

  @Get('state')
  @PlatformAnswers(
    { description: 'The state, and the events that led to it', example: STATE_AT_A_MOMENT },
    'INSUFFICIENT_PERMISSION',
    'MEETING_NOT_FOUND',
  )
  @ApiOperation({ summary: 'The meeting as it was at a moment: now, or at a time, a revision or a position' })
  async state(
    @Param() { id }: MeetingPath,
    @Query() { at, position }: StateQuery,
    @Context() { by }: RequestContext,
  ): Promise<unknown> {
    if (at !== undefined && position !== undefined)
      throw wrongField('position', 'names a moment, as at does: give one of the two');
    const reference =
      position === undefined ? { field: 'at', text: at } : { field: 'position', text: position };
    const [cut] = await this.cuts(id, by, [reference]);
    return { meeting_id: id, ...cut?.shown, state: meetingAt(cut?.events ?? []) };
  }

  @Get('diff')
  @PlatformAnswers(
    { description: 'What is different at the second moment, in a stable order', example: DIFFERENCE },
    'INSUFFICIENT_PERMISSION',
    'MEETING_NOT_FOUND',
  )
  @ApiOperation({
    summary: 'What changed in the meeting between two moments',
    description: `Each change names \`what\` changed (meeting-changed, setting-changed, participant-joined, -left and
-changed, waiting-began and -ended, recording-began and -changed, message-sent), the \`id\` of it where there are several, the
\`field\` where one changed, and the values \`from\` and \`to\`: null for none. What changed and changed back is not among them.`,
  })
  async diff(
    @Param() { id }: MeetingPath,
    @Query() query: DiffQuery,
    @Context() { by }: RequestContext,
  ): Promise<unknown> {
    const fields = [
      { field: 'from', text: query.from },
      { field: 'to', text: query.to },
    ];
    const [from, to] = (await this.cuts(id, by, fields)) as [Cut, Cut];
    const isLater = query.to !== undefined && Date.parse(query.from) > Date.parse(query.to);
    const areTimes = isInstant(query.from) && isInstant(query.to ?? '');
    if (from.events.length > to.events.length || (areTimes && isLater))
      throw wrongField('from', 'is a later moment than to: swap the two');
    const changes = diffMoments(meetingAt(from.events), meetingAt(to.events));
    return { meeting_id: id, from: from.shown, to: to.shown, changes };
  }

  /** The meeting up to each of some moments; to the present where none is named. */
  private async cuts(
    meetingId: string,
    by: RequestContext['by'],
    references: readonly { readonly field: string; readonly text?: string }[],
  ): Promise<Cut[]> {
    const all = await this.queries.execute(new ReadMeetingEvents(meetingId, by));
    const present = { now: this.clock.now(), head: await this.log.head() };
    return references.map(({ field, text }) => {
      const reference: MomentReference | undefined = text === undefined ? undefined : { field, text };
      const events = reference ? eventsUpTo(all, meetingId, reference, present) : all;
      const own = events.findLast(({ stream }) => stream === all[0]?.stream);
      const shown = {
        at: text ?? null,
        revision: own?.revision ?? 0,
        position: events.at(-1)?.position ?? START,
        events: events.length,
      };
      return { events, shown };
    });
  }
}
