import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Config } from '#libs/config';
import { DomainError, Meeting, ownEntry, Participant, streamOf } from '#libs/domain';
import type { EventLog } from '#libs/event-log';
import { MediaWorkers } from '../media/media-workers.js';
import { Aggregates } from '../platform/aggregates.js';
import { EVENT_LOG } from '../platform/log-follower.js';
import { InjectLogger, type Logger } from '../platform/logger.js';
import { InjectReadModels, type ReadModels } from '../platform/read-models.js';
import { CONFIG } from '../platform/settings.js';
import { DisconnectDevice } from './disconnect-device.js';
import { LeaveMeeting } from './leave-meeting.js';
import { WaitingDevices } from './waiting-devices.js';

export interface TakenSeat {
  readonly meetingId: string;
  readonly participantId: string;
  readonly userId: string;
}

interface Vanished extends TakenSeat {
  readonly connections: readonly string[];
}

/** Keeps the seat of a participant whose last device vanished for a grace period, then gives it up. */
@Injectable()
export class Presence implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** Seats without a device, by participant id. */
  private readonly vanished = new Map<string, NodeJS.Timeout>();
  private closing = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly commands: CommandBus,
    private readonly aggregates: Aggregates,
    private readonly workers: MediaWorkers,
    private readonly waitingDevices: WaitingDevices,
    @InjectReadModels() private readonly readModels: ReadModels,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /** Connections of before this process started are gone; their clients have the grace period to come back. */
  async onApplicationBootstrap(): Promise<void> {
    const rows = await this.readModels
      .selectFrom('participants')
      .select(['meeting_id', 'participant_id', 'user_id', 'connected'])
      .where('left_at', 'is', null)
      .execute();
    // Looked up before anybody can connect: what comes from now on is no connection of before.
    const seats: Vanished[] = [];
    for (const { meeting_id: meetingId, participant_id: participantId, user_id: userId, connected } of rows) {
      const { connections } =
        connected > 0 ? await this.aggregates.state(Participant, participantId) : { connections: [] };
      seats.push({ meetingId, participantId, userId, connections });
    }
    void this.takeUp(seats).catch((err: unknown) => {
      if (this.closing) return;
      this.logger.error({ err }, 'could not take up the seats of before');
    });
  }

  /** From now on connections vanish because this process stops; the next one takes their seats up. */
  beforeApplicationShutdown(): void {
    this.closing = true;
    for (const timer of this.vanished.values()) clearTimeout(timer);
  }

  /** A device's connection closed without leaving: its media ends now, the seat after the grace period. */
  async deviceGone(seat: TakenSeat, connectionId: string): Promise<void> {
    if (this.closing) return;
    const { meetingId, participantId } = seat;
    try {
      const state = await this.commands.execute(
        new DisconnectDevice(participantId, connectionId, this.aggregates.ownContext()),
      );
      if (state.connections.length === 0) this.giveUpLater(seat);
    } catch (error) {
      // The process stops underneath: the next one finds the connection among those of before.
      if (this.closing) return;
      throw error;
    }
    try {
      await this.workers.requestPlaced('connection.close', { meetingId, participantId, connectionId });
    } catch (error) {
      this.logger.warn({ err: error, meeting: meetingId }, "could not close a vanished device's media");
    }
  }

  /** A connection closed, which may have waited for a host: who waits over no other one stops waiting after the grace period. */
  waitingGone(connectionId: string): void {
    this.waitingDevices.gone(connectionId);
  }

  private async takeUp(seats: readonly Vanished[]): Promise<void> {
    for (const seat of seats) {
      for (const connectionId of seat.connections) await this.deviceGone(seat, connectionId);
      if (seat.connections.length === 0 && (await this.hadDevice(seat))) this.giveUpLater(seat);
      if (this.closing) return;
    }
  }

  /** Whether the seat was ever held by a signalling connection; who joined over REST alone keeps it until leaving. */
  private async hadDevice({ participantId }: TakenSeat): Promise<boolean> {
    for await (const event of this.log.readStream(streamOf(Participant, participantId))) {
      if (event.type === 'ParticipantConnected') return true;
    }
    return false;
  }

  private giveUpLater(seat: TakenSeat): void {
    if (this.closing) return;
    clearTimeout(this.vanished.get(seat.participantId));
    const timer = setTimeout(() => {
      this.vanished.delete(seat.participantId);
      void this.giveUp(seat);
    }, this.config.disconnectGraceSeconds * 1000);
    this.vanished.set(seat.participantId, timer);
  }

  private async giveUp(seat: TakenSeat): Promise<void> {
    const { meetingId, participantId, userId } = seat;
    try {
      const taken = ownEntry((await this.aggregates.state(Meeting, meetingId)).roster, userId);
      const { connections } = await this.aggregates.state(Participant, participantId);
      if (taken?.participantId !== participantId || connections.length > 0) return;
      await this.commands.execute(
        new LeaveMeeting(meetingId, userId, 'disconnected', this.aggregates.ownContext()),
      );
    } catch (error) {
      // The process stops underneath: the next one takes the seat up.
      if (this.closing) return;
      // Left meanwhile, or the meeting ended.
      if (error instanceof DomainError && error.status !== 503) return;
      this.logger.error(
        { err: error, meeting: meetingId },
        "could not give up a vanished participant's seat; trying again",
      );
      this.giveUpLater(seat);
    }
  }
}
