import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError, type LeaveReason, Meeting, type MeetingEvent, ownEntry } from '#libs/domain';
import { Aggregates } from '../platform/aggregates.js';
import { InjectReadModels, type ReadModels } from '../platform/read-models.js';
import type { RequestContext } from '../platform/request-context.js';

export interface LeftSeat {
  readonly joinedAt: string;
  readonly leftAt: string;
}

/**
 * Gives up a seat: one's own, or as host or co-host another's (`removed`). Who only waits for the host gives up waiting. Returns
 * when the seat was taken and left; for who waited both are the end of the waiting.
 */
export class LeaveMeeting extends Command<LeftSeat> {
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
  constructor(
    private readonly aggregates: Aggregates,
    @InjectReadModels() private readonly readModels: ReadModels,
  ) {}

  async execute({ meetingId, userId, reason, context }: LeaveMeeting): Promise<LeftSeat> {
    const before = ownEntry((await this.aggregates.state(Meeting, meetingId)).roster, userId);
    const { events } = await this.aggregates.run(
      Meeting,
      meetingId,
      { type: 'LeaveMeeting', userId, reason },
      context,
    );
    // From the events: a repeated request finds the seat empty, and answers the same.
    const [left] = events as unknown as readonly MeetingEvent[];
    if (left?.type === 'ParticipantStoppedWaiting') {
      const { stoppedAt } = left.data;
      return { joinedAt: stoppedAt, leftAt: stoppedAt };
    }
    if (left?.type !== 'ParticipantLeft') throw new DomainError('PARTICIPANT_NOT_FOUND', { user_id: userId });
    const { participantId, leftAt } = left.data;
    if (before?.participantId === participantId) return { joinedAt: before.joinedAt, leftAt };
    const { joined_at: joinedAt } = await this.readModels
      .selectFrom('participants')
      .select('joined_at')
      .where('participant_id', '=', participantId)
      .executeTakeFirstOrThrow();
    return { joinedAt, leftAt };
  }
}
