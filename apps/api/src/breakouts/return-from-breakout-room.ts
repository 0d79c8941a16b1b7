import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Meeting } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import type { RequestContext } from '../platform/request-context.js';

/** Puts a participant back into the main room: another as host or co-host, oneself where participants may return. */
export class ReturnFromBreakoutRoom extends Command<void> {
  constructor(
    readonly meetingId: string,
    readonly userId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(ReturnFromBreakoutRoom)
export class ReturnFromBreakoutRoomHandler implements ICommandHandler<ReturnFromBreakoutRoom> {
  constructor(private readonly aggregates: Aggregates) {}

  async execute({ meetingId, userId, context }: ReturnFromBreakoutRoom): Promise<void> {
    await this.aggregates.execute(Meeting, meetingId, { type: 'ReturnFromBreakoutRoom', userId }, context);
  }
}
