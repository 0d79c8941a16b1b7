import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Meeting, type MeetingState } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import type { RequestContext } from '../platform/request-context.js';

/** Spreads those in the main room evenly over the breakout rooms. */
export class AutoAssignBreakoutRooms extends Command<MeetingState> {
  constructor(
    readonly meetingId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(AutoAssignBreakoutRooms)
export class AutoAssignBreakoutRoomsHandler implements ICommandHandler<AutoAssignBreakoutRooms> {
  constructor(private readonly aggregates: Aggregates) {}

  execute({ meetingId, context }: AutoAssignBreakoutRooms): Promise<MeetingState> {
    return this.aggregates.execute(Meeting, meetingId, { type: 'AutoAssignBreakoutRooms' }, context);
  }
}
