import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Participant, type ParticipantState } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import type { RequestContext } from '../platform/request-context.js';
import { findSeat } from './find-seat.js';

/** Seconds that a reaction is shown when the client does not say. */
export const REACTION_SECONDS = 3;

/** Shows everybody something for a moment. `reactionType` is a word such as `thumbs_up`, or an emoji. */
export class SendReaction extends Command<ParticipantState> {
  constructor(
    readonly meetingId: string,
    readonly reactionType: string,
    readonly context: RequestContext,
    readonly durationSeconds: number = REACTION_SECONDS,
  ) {
    super();
  }
}

@CommandHandler(SendReaction)
export class SendReactionHandler implements ICommandHandler<SendReaction> {
  constructor(private readonly aggregates: Aggregates) {}

  async execute({
    meetingId,
    reactionType,
    context,
    durationSeconds,
  }: SendReaction): Promise<ParticipantState> {
    const { seat } = await findSeat(this.aggregates, meetingId, context.by.userId);
    return this.aggregates.execute(
      Participant,
      seat.participantId,
      { type: 'SendReaction', reactionType, durationSeconds },
      context,
    );
  }
}
