import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Config } from '#libs/config';
import { DomainError, Meeting, ownEntry, Participant, type ParticipantState } from '#libs/domain';
import { MediaWorkers } from '../media/media-workers.js';
import { Aggregates } from '../platform/aggregates.js';
import { InjectLogger, type Logger } from '../platform/logger.js';
import { InjectReadModels, type ReadModels } from '../platform/read-models.js';
import { CONFIG } from '../platform/settings.js';
import { DisconnectDevice } from './disconnect-device.js';
import { LeaveMeeting } from './leave-meeting.js';

/** Keeps the seat of a participant whose last device vanished for a grace period, then gives it up. */
@Injectable()
export class Presence implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly commands: CommandBus,
    private readonly aggregates: Aggregates,
    private readonly workers: MediaWorkers,
    @InjectReadModels() private readonly readModels: ReadModels,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /** Connections of before this process started are gone; their clients have the grace period to come back. */
  async onApplicationBootstrap(): Promise<void> {
    const seats = await this.readModels
      .selectFrom('participants')
      .select(['meeting_id', 'participant_id', 'user_id'])
      .where('left_at', 'is', null)
      .where('connected', '>', 0)
      .execute();
    for (const { meeting_id, participant_id, user_id } of seats) {
      const { connections } = await this.aggregates.state(Participant, participant_id);
      for (const connectionId of connections)
        await this.deviceGone(meeting_id, participant_id, user_id, connectionId);
    }
  }

  onApplicationShutdown(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }

  /** A device's connection closed without leaving: its media ends now, the seat after the grace period. */
  async deviceGone(
    meetingId: string,
    participantId: string,
    userId: string,
    connectionId: string,
  ): Promise<void> {
    const state = await this.commands.execute(
      new DisconnectDevice(participantId, connectionId, this.aggregates.ownContext()),
    );
    if (state.connections.length === 0) {
      const timer = setTimeout(() => {
        this.timers.delete(timer);
        void this.giveUp(meetingId, participantId, userId);
      }, this.config.disconnectGraceSeconds * 1000);
      this.timers.add(timer);
    }
    try {
      await this.workers.requestPlaced('connection.close', { meetingId, participantId, connectionId });
    } catch (error) {
      this.logger.warn({ err: error, meeting: meetingId }, "could not close a vanished device's media");
    }
  }

  private async giveUp(meetingId: string, participantId: string, userId: string): Promise<void> {
    try {
      const seat = ownEntry((await this.aggregates.state(Meeting, meetingId)).roster, userId);
      const { connections }: ParticipantState = await this.aggregates.state(Participant, participantId);
      if (seat?.participantId !== participantId || connections.length > 0) return;
      await this.commands.execute(
        new LeaveMeeting(meetingId, userId, 'disconnected', this.aggregates.ownContext()),
      );
    } catch (error) {
      if (error instanceof DomainError && error.status !== 503) return;
      this.logger.error(
        { err: error, meeting: meetingId },
        "could not give up a vanished participant's seat",
      );
    }
  }
}
