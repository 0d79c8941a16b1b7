import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { DomainError, isAdmin, mayRead, type MeetingState, type Principal } from '#libs/domain';
import { type EventLog, readMeeting, type TypedEvent } from '#libs/event-log';
import { GetMeeting } from '../meetings/get-meeting.js';
import { EVENT_LOG } from '../platform/log-follower.js';

/** A meeting's events in log order, for its host and for analysts. */
export class ReadMeetingEvents extends Query<TypedEvent[]> {
  constructor(
    readonly meetingId: string,
    readonly principal: Principal,
  ) {
    super();
  }
}

const requireReplay = (meeting: MeetingState, principal: Principal): void => {
  const may =
    isAdmin(principal) || principal.roles.includes('analyst') || principal.userId === meeting.hostUserId;
  if (!may)
    throw new DomainError('INSUFFICIENT_PERMISSION', {}, 'Replay is for the host and for the role analyst');
};

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
