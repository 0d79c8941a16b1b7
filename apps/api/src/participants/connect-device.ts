import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Participant, type ParticipantState } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import type { RequestContext } from '../platform/request-context.js';
import { findSeat } from './find-seat.js';

/**
 * A further connection of one who has a seat in the meeting. Refused with NOT_IN_MEETING to everybody else, and while a join
 * is half done with PARTICIPANT_NOT_FOUND.
 */
export class ConnectDevice extends Command<ParticipantState> {
  constructor(
    readonly meetingId: string,
    readonly connectionId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(ConnectDevice)
export class ConnectDeviceHandler implements ICommandHandler<ConnectDevice> {
  constructor(private readonly aggregates: Aggregates) {}

  async execute({ meetingId, connectionId, context }: ConnectDevice): Promise<ParticipantState> {
    const { seat } = await findSeat(this.aggregates, meetingId, context.by.userId);
    return this.aggregates.execute(
      Participant,
      seat.participantId,
      { type: 'ConnectParticipant', connectionId },
      context,
    );
  }
}
