import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError, Meeting, type MeetingCancelled, streamOf } from '#libs/domain';
import type { EventLog } from '#libs/event-log';
import { Aggregates } from '../platform/aggregates.js';
import { EVENT_LOG } from '../platform/log-follower.js';
import type { RequestContext } from '../platform/request-context.js';

/** Calls a planned meeting off, as its host. Returns who did it and when, also to one who comes second. */
export class CancelMeeting extends Command<MeetingCancelled['data']> {
  constructor(
    readonly meetingId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(CancelMeeting)
export class CancelMeetingHandler implements ICommandHandler<CancelMeeting> {
  constructor(
    private readonly aggregates: Aggregates,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  async execute({ meetingId, context }: CancelMeeting): Promise<MeetingCancelled['data']> {
    await this.aggregates.execute(Meeting, meetingId, { type: 'CancelMeeting' }, context);
    // Not all of it is state, since no rule asks for it. The stream of a meeting that never began is short.
    for await (const event of this.log.readStream(streamOf(Meeting, meetingId))) {
      if (event.type === 'MeetingCancelled') return event.data as MeetingCancelled['data'];
    }
    throw new DomainError('UNAVAILABLE');
  }
}
