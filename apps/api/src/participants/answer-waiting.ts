import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Meeting, type MeetingEvent } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import type { RequestContext } from '../platform/request-context.js';

/** The host's or co-host's answer to one who waits, or to all of them. Returns the user ids of those who were answered. */
export class AnswerWaiting extends Command<readonly string[]> {
  constructor(
    readonly meetingId: string,
    /** Undefined: everybody who waits. */
    readonly userId: string | undefined,
    readonly answer: 'admit' | 'deny',
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(AnswerWaiting)
export class AnswerWaitingHandler implements ICommandHandler<AnswerWaiting> {
  constructor(private readonly aggregates: Aggregates) {}

  async execute({ meetingId, userId, answer, context }: AnswerWaiting): Promise<readonly string[]> {
    const type = answer === 'admit' ? 'AdmitParticipant' : 'DenyParticipant';
    const { events } = await this.aggregates.run(
      Meeting,
      meetingId,
      { type, ...(userId !== undefined && { userId }) },
      context,
    );
    return (events as unknown as readonly MeetingEvent[]).flatMap(event =>
      event.type === 'ParticipantAdmitted' || event.type === 'ParticipantDenied' ? [event.data.userId] : [],
    );
  }
}
