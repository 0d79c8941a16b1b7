import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Meeting, type MeetingState } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import type { RequestContext } from '../platform/request-context.js';

export class EndMeeting extends Command<MeetingState> {
  constructor(
    readonly meetingId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(EndMeeting)
export class EndMeetingHandler implements ICommandHandler<EndMeeting> {
  constructor(private readonly aggregates: Aggregates) {}

  execute({ meetingId, context }: EndMeeting): Promise<MeetingState> {
    return this.aggregates.execute(Meeting, meetingId, { type: 'EndMeeting' }, context);
  }
}
