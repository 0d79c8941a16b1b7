import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError, type LeaveReason, Meeting, ownEntry, type Seat } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import type { RequestContext } from '../platform/request-context.js';

/** Gives up a seat: one's own, or as host or co-host another's (`removed`). Returns the seat that was left. */
export class LeaveMeeting extends Command<Seat> {
  constructor(
    readonly meetingId: string,
    readonly userId: string,
    readonly reason: LeaveReason,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(LeaveMeeting)
export class LeaveMeetingHandler implements ICommandHandler<LeaveMeeting> {
  constructor(private readonly aggregates: Aggregates) {}

  async execute({ meetingId, userId, reason, context }: LeaveMeeting): Promise<Seat> {
    const before = await this.aggregates.state(Meeting, meetingId);
    await this.aggregates.execute(Meeting, meetingId, { type: 'LeaveMeeting', userId, reason }, context);
    const seat = ownEntry(before.roster, userId);
    if (!seat) throw new DomainError('PARTICIPANT_NOT_FOUND', { user_id: userId });
    return seat;
  }
}
