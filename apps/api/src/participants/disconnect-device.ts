import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Participant, type ParticipantState } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import type { RequestContext } from '../platform/request-context.js';

/** A device's signalling connection is gone; the seat stays. */
export class DisconnectDevice extends Command<ParticipantState> {
  constructor(
    readonly participantId: string,
    readonly connectionId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(DisconnectDevice)
export class DisconnectDeviceHandler implements ICommandHandler<DisconnectDevice> {
  constructor(private readonly aggregates: Aggregates) {}

  execute({ participantId, connectionId, context }: DisconnectDevice): Promise<ParticipantState> {
    return this.aggregates.execute(
      Participant,
      participantId,
      { type: 'DisconnectParticipant', connectionId },
      context,
    );
  }
}
