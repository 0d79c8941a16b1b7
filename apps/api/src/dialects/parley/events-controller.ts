import { Controller, Get, Headers, Inject, Query, Res, UseFilters } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { EventLog } from '#libs/event-log';
import type { FastifyReply } from 'fastify';
import { Context } from '../../auth/request-context-param.js';
import { GetMeeting } from '../../meetings/get-meeting.js';
import { Clock } from '../../platform/clock.js';
import { EVENT_LOG } from '../../platform/log-follower.js';
import type { RequestContext } from '../../platform/request-context.js';
import { eventLines } from '../../replay/event-lines.js';
import { nextCursor, readPage } from '../../replay/event-page.js';
import { EventStreams } from '../../replay/event-streams.js';
import { openWindow } from '../../replay/event-window.js';
import { liveEvents, withHeartbeat } from '../../replay/live-events.js';
import { requireAnalyst } from '../../replay/replay-access.js';
import { PlatformAnswers } from '../platform/platform-answers.js';
import { PlatformErrorFilter } from '../platform/platform-error-filter.js';
import { acceptedFormat, CONTENT_TYPES } from './accepted-format.js';
import { EventsQuery, selectionOf, wishOf } from './events-query.js';
import { wishOfLive } from './live-wish.js';
import { LOG_PAGE } from './replay-examples.js';
import { sendJson } from './send-json.js';

const HEARTBEAT_MS = 15_000;
const DEFAULT_LIMIT = 1_000;

const DESCRIPTION = `As JSON: a page. \`next_cursor\`, given as \`cursor\` with the same filters, leads to the next page, without
gap or repeat; it goes on the way the page was read. A page looks at a bounded number of events: with a filter that few of
them fit it may be short or empty while \`has_more\` is true. At the end of the log \`has_more\` is false, and \`next_cursor\`
leads to what is new later; backwards, at the beginning, it is null.

As NDJSON (\`Accept: application/x-ndjson\` or \`format=ndjson\`): all of it, a line for each event. A line break ends the last
line; a connection that breaks before leaves the answer without its end, as HTTP tells.

As \`text/event-stream\` (or \`format=sse\`): history, then what is new as it happens. The id of each is its position;
\`Last-Event-ID\` resumes after it. \`before\`, \`until\`, \`limit\` and \`direction=backwards\` do not go with it.

A user may have 8 streams open at once.`;

/** The whole log, for the roles analyst and admin. */
@ApiTags('Replay')
@ApiBearerAuth()
@UseFilters(PlatformErrorFilter)
@Controller('api/v1/events')
export class EventsController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly clock: Clock,
    private readonly streams: EventStreams,
  ) {}

  @Get()
  @PlatformAnswers(
    { description: 'A page of events; or a stream of them', example: LOG_PAGE },
    'INSUFFICIENT_PERMISSION',
    'MEETING_NOT_FOUND',
    'RATE_LIMIT_EXCEEDED',
  )
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'Position after which a live stream resumes',
    schema: { type: 'integer', format: 'int64', minimum: -1 },
  })
  @ApiOperation({ summary: 'Everything that happened (role analyst)', description: DESCRIPTION })
  async events(
    @Query() query: EventsQuery,
    @Headers('accept') accept: string | undefined,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Context() { by }: RequestContext,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    requireAnalyst(by);
    const format = query.format ?? acceptedFormat(accept);
    const selection = selectionOf(query);
    const wish = format === 'sse' ? wishOfLive(query, lastEventId) : wishOf(query);
    const window = await openWindow(this.log, wish, this.clock.now());
    if (selection.meetingId !== undefined) await this.queries.execute(new GetMeeting(selection.meetingId));
    const { userId } = by;

    if (format === 'json') {
      const limit = query.limit ?? DEFAULT_LIMIT;
      const page = await readPage(this.log, selection, window, { limit, userId });
      const { events, hasMore } = page;
      sendJson(reply, { events, next_cursor: nextCursor(window, page), has_more: hasMore });
      return;
    }
    await this.streams.send(reply, CONTENT_TYPES[format], userId, signal =>
      format === 'ndjson'
        ? eventLines(this.log, selection, window, { userId, limit: query.limit, signal })
        : withHeartbeat(liveEvents(this.log, selection, window, { userId, signal }), HEARTBEAT_MS),
    );
  }
}
