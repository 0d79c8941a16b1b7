import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Meeting } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import type { RequestContext } from '../platform/request-context.js';

/** Ends the waiting of somebody whose devices are gone; for who does not wait it changes nothing. */
export class StopWaiting extends Command<void> {
  constructor(
    readonly meetingId: string,
    readonly userId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(StopWaiting)
export class StopWaitingHandler implements ICommandHandler<StopWaiting> {
  constructor(private readonly aggregates: Aggregates) {}

  async execute({ meetingId, userId, context }: StopWaiting): Promise<void> {
    await this.aggregates.run(Meeting, meetingId, { type: 'StopWaiting', userId }, context);
  }
}
