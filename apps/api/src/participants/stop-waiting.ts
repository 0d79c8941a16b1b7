import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Meeting, type MeetingEvent } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import type { RequestContext } from '../platform/request-context.js';

/** Gives up waiting for the host. Returns when; undefined for who does not wait. */
export class StopWaiting extends Command<string | undefined> {
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

  async execute({ meetingId, userId, context }: StopWaiting): Promise<string | undefined> {
    const { events } = await this.aggregates.run(
      Meeting,
      meetingId,
      { type: 'StopWaiting', userId },
      context,
    );
    const [stopped] = events as unknown as readonly MeetingEvent[];
    return stopped?.type === 'ParticipantStoppedWaiting' ? stopped.data.stoppedAt : undefined;
  }
}
