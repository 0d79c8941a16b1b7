import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { mayRead, type Principal } from '#libs/domain';
import { type EventLog, readMeeting, type TypedEvent } from '#libs/event-log';
import { GetMeeting } from '../meetings/get-meeting.js';
import { EVENT_LOG } from '../platform/log-follower.js';
import { requireReplay } from './replay-access.js';

/**
 * All of a meeting's events in log order, for its host and for analysts, to make states of. Before events themselves are
 * shown to anybody, `shownEvent` takes out what nobody is shown.
 */
export class ReadMeetingEvents extends Query<TypedEvent[]> {
  constructor(
    readonly meetingId: string,
    readonly principal: Principal,
  ) {
    super();
  }
}

@QueryHandler(ReadMeetingEvents)
export class ReadMeetingEventsHandler implements IQueryHandler<ReadMeetingEvents> {
  constructor(
    private readonly queries: QueryBus,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  async execute({ meetingId, principal }: ReadMeetingEvents): Promise<TypedEvent[]> {
    requireReplay(await this.queries.execute(new GetMeeting(meetingId)), principal);
    const events = await readMeeting(this.log, meetingId);
    // Private messages stay between the two, in replay too.
    return events.filter(event => event.type !== 'ChatMessageSent' || mayRead(event.data, principal.userId));
  }
}
