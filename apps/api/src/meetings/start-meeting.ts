import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Meeting, type MeetingState } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import type { RequestContext } from '../platform/request-context.js';

export class StartMeeting extends Command<MeetingState> {
  constructor(
    readonly meetingId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(StartMeeting)
export class StartMeetingHandler implements ICommandHandler<StartMeeting> {
  constructor(private readonly aggregates: Aggregates) {}

  execute({ meetingId, context }: StartMeeting): Promise<MeetingState> {
    return this.aggregates.execute(Meeting, meetingId, { type: 'StartMeeting' }, context);
  }
}
