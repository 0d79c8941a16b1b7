import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Meeting, type MeetingEvent } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import type { RequestContext } from '../platform/request-context.js';

/** Brings everybody back into the main room. Returns when. */
export class CloseBreakoutRooms extends Command<string> {
  constructor(
    readonly meetingId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(CloseBreakoutRooms)
export class CloseBreakoutRoomsHandler implements ICommandHandler<CloseBreakoutRooms> {
  constructor(private readonly aggregates: Aggregates) {}

  async execute({ meetingId, context }: CloseBreakoutRooms): Promise<string> {
    const { events } = await this.aggregates.run(Meeting, meetingId, { type: 'CloseBreakoutRooms' }, context);
    const [closed] = events as unknown as readonly MeetingEvent[];
    return closed?.type === 'BreakoutRoomsClosed' ? closed.data.closedAt : '';
  }
}
