import { Injectable } from '@nestjs/common';
import {
  DomainError,
  Meeting,
  type MeetingState,
  ownEntry,
  Participant,
  type ParticipantState,
  permissionsOf,
  roleOf,
  SYSTEM,
} from '#libs/domain';
import { MediaWorkers } from '../media/media-workers.js';
import { Aggregates } from '../platform/aggregates.js';
import type { RequestContext } from '../platform/request-context.js';
import { excessOf } from './excess-of.js';

/**
 * Brings seats to what their users may do now. The meeting decides what is allowed and each seat is a stream of its own, so
 * that a command of a participant may be decided by the permissions of a moment ago. Whoever comes second puts it right:
 * the command's handler, which looks again once its events are appended, or the reaction to the meeting's event.
 */
@Injectable()
export class Enforcement {
  constructor(
    private readonly aggregates: Aggregates,
    private readonly workers: MediaWorkers,
  ) {}

  /** Switches off what the user may not have on. Returns the seat's state after it; undefined where there is no such seat. */
  async correctStatus(
    meetingId: string,
    userId: string,
    context: RequestContext = this.aggregates.ownContext(),
  ): Promise<ParticipantState | undefined> {
    const meeting = await this.aggregates.state(Meeting, meetingId);
    const seat = ownEntry(meeting.roster, userId);
    if (!seat) return undefined;
    const state = await this.aggregates.state(Participant, seat.participantId);
    if (!state.seated) return undefined;
    const { status } = excessOf(state, permissionsOf(meeting, userId));
    return status ? this.quieten(meeting, userId, seat.participantId, status, context) : state;
  }

  /** As `correctStatus`; what is sent all the same ends, whatever the client does. */
  async enforce(meetingId: string, userId: string, context?: RequestContext): Promise<void> {
    const state = await this.correctStatus(meetingId, userId, context);
    if (!state) return;
    const { participantId } = state;
    const meeting = await this.aggregates.state(Meeting, meetingId);
    for (const { producerId } of excessOf(state, permissionsOf(meeting, userId)).producers) {
      try {
        // The media worker's word that it is closed takes it out of the log.
        await this.workers.requestPlaced('producer.close', { meetingId, participantId, producerId });
      } catch (error) {
        if (!(error instanceof DomainError && error.code === 'PRODUCER_NOT_FOUND')) throw error;
      }
    }
  }

  /** Mutes a participant, who may unmute again. */
  async mute(meetingId: string, userId: string, context: RequestContext): Promise<void> {
    const meeting = await this.aggregates.state(Meeting, meetingId);
    const seat = ownEntry(meeting.roster, userId);
    if (seat) await this.quieten(meeting, userId, seat.participantId, { isMuted: true }, context);
  }

  private quieten(
    meeting: MeetingState,
    userId: string,
    participantId: string,
    status: NonNullable<ReturnType<typeof excessOf>['status']>,
    context: RequestContext,
  ): Promise<ParticipantState> {
    return this.aggregates.execute(
      Participant,
      participantId,
      {
        type: 'UpdateStatus',
        byRole: roleOf(meeting, SYSTEM.userId),
        may: permissionsOf(meeting, userId),
        ...status,
      },
      context,
    );
  }
}
