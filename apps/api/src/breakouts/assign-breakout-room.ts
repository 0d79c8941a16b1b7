import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Meeting } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import type { RequestContext } from '../platform/request-context.js';

/** Puts a participant into a breakout room: another as host or co-host, oneself where participants may choose. */
export class AssignBreakoutRoom extends Command<void> {
  constructor(
    readonly meetingId: string,
    readonly userId: string,
    readonly roomId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(AssignBreakoutRoom)
export class AssignBreakoutRoomHandler implements ICommandHandler<AssignBreakoutRoom> {
  constructor(private readonly aggregates: Aggregates) {}

  async execute({ meetingId, userId, roomId, context }: AssignBreakoutRoom): Promise<void> {
    await this.aggregates.execute(
      Meeting,
      meetingId,
      { type: 'AssignBreakoutRoom', userId, roomId },
      context,
    );
  }
}
