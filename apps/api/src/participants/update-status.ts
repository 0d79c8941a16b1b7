import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  DomainError,
  Participant,
  type ParticipantState,
  permissionsOf,
  roleOf,
  type UpdateStatus as StatusCommand,
} from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import type { RequestContext } from '../platform/request-context.js';
import { Enforcement } from '../policies/enforcement.js';
import { findSeat } from './find-seat.js';

export type StatusChange = Pick<StatusCommand, 'isMuted' | 'isVideoOn' | 'isScreenSharing' | 'isHandRaised'>;

/** Changes one's own microphone, camera, screen or hand; with `participantId`, quietens another as host or co-host. */
export class UpdateStatus extends Command<ParticipantState> {
  constructor(
    readonly meetingId: string,
    readonly change: StatusChange,
    readonly context: RequestContext,
    readonly participantId?: string,
  ) {
    super();
  }
}

@CommandHandler(UpdateStatus)
export class UpdateStatusHandler implements ICommandHandler<UpdateStatus> {
  constructor(
    private readonly aggregates: Aggregates,
    private readonly enforcement: Enforcement,
  ) {}

  async execute({ meetingId, change, context, participantId }: UpdateStatus): Promise<ParticipantState> {
    const { meeting, seat } = await findSeat(this.aggregates, meetingId, context.by.userId);
    const target = participantId
      ? Object.values(meeting.roster).find(other => other.participantId === participantId)
      : seat;
    if (!target) throw new DomainError('PARTICIPANT_NOT_FOUND', { participant_id: participantId });
    const state = await this.aggregates.execute(
      Participant,
      target.participantId,
      {
        type: 'UpdateStatus',
        byRole: roleOf(meeting, context.by.userId),
        may: permissionsOf(meeting, target.userId),
        ...change,
      },
      context,
    );
    const turnsOn = change.isMuted === false || change.isVideoOn || change.isScreenSharing;
    if (!turnsOn) return state;
    // A policy, role or room that came in between has looked at the seat as it was before.
    return (await this.enforcement.correctStatus(meetingId, target.userId)) ?? state;
  }
}
