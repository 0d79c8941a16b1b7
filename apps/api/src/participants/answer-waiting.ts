import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Meeting, type MeetingState } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import type { RequestContext } from '../platform/request-context.js';

/** The host's or co-host's answer to one who waits. */
export class AnswerWaiting extends Command<MeetingState> {
  constructor(
    readonly meetingId: string,
    readonly userId: string,
    readonly answer: 'admit' | 'deny',
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(AnswerWaiting)
export class AnswerWaitingHandler implements ICommandHandler<AnswerWaiting> {
  constructor(private readonly aggregates: Aggregates) {}

  execute({ meetingId, userId, answer, context }: AnswerWaiting): Promise<MeetingState> {
    const type = answer === 'admit' ? 'AdmitParticipant' : 'DenyParticipant';
    return this.aggregates.execute(Meeting, meetingId, { type, userId }, context);
  }
}
