import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import type { Principal } from '#libs/domain';
import { type EventLog, type Position, START } from '#libs/event-log';
import { GetMeeting } from '../meetings/get-meeting.js';
import { EVENT_LOG } from '../platform/log-follower.js';
import { type EventPage, readPage } from './event-page.js';
import { requireReplay } from './replay-access.js';
import { wrongField } from './wrong-field.js';

/** Some of a meeting's events in log order, after a position, as its host and analysts are shown them. */
export class ReadMeetingPage extends Query<EventPage> {
  constructor(
    readonly meetingId: string,
    readonly principal: Principal,
    readonly after: Position = START,
    readonly limit: number = 1_000,
  ) {
    super();
  }
}

@QueryHandler(ReadMeetingPage)
export class ReadMeetingPageHandler implements IQueryHandler<ReadMeetingPage> {
  constructor(
    private readonly queries: QueryBus,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  async execute({ meetingId, principal, after, limit }: ReadMeetingPage): Promise<EventPage> {
    requireReplay(await this.queries.execute(new GetMeeting(meetingId)), principal);
    const head = await this.log.head();
    if (after > head)
      throw wrongField('after', `is beyond the end of the log, whose last position is ${head}`);
    const window = { direction: 'forwards', after, head } as const;
    return readPage(this.log, { meetingId }, window, { limit, userId: principal.userId });
  }
}
