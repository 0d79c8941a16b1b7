import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  DomainError,
  moderates,
  ownEntry,
  Participant,
  type ParticipantState,
  permissionsOf,
  roleOf,
} from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import type { RequestContext } from '../platform/request-context.js';
import { activeMeeting } from './find-seat.js';
import type { StatusChange } from './update-status.js';

/** As host or co-host, mutes another, stops their camera or screen, or lowers their hand; turns nothing on. */
export class QuietenParticipant extends Command<ParticipantState> {
  constructor(
    readonly meetingId: string,
    readonly userId: string,
    readonly change: StatusChange,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(QuietenParticipant)
export class QuietenParticipantHandler implements ICommandHandler<QuietenParticipant> {
  constructor(private readonly aggregates: Aggregates) {}

  async execute({ meetingId, userId, change, context }: QuietenParticipant): Promise<ParticipantState> {
    const meeting = await activeMeeting(this.aggregates, meetingId);
    // Before anything is said of who is in: strangers must not learn that.
    if (!moderates(meeting, context.by)) throw new DomainError('INSUFFICIENT_PERMISSION');
    const seat = ownEntry(meeting.roster, userId);
    if (!seat) throw new DomainError('PARTICIPANT_NOT_FOUND', { user_id: userId });
    return this.aggregates.execute(
      Participant,
      seat.participantId,
      {
        type: 'UpdateStatus',
        byRole: roleOf(meeting, context.by.userId),
        may: permissionsOf(meeting, userId),
        ...change,
      },
      context,
    );
  }
}
