import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type AnyEvent, DomainError, type MediaSource, Participant } from '#libs/domain';
import type { RecordedEvent } from '#libs/event-log';
import type { MediaOperations } from '#libs/work-queues';
import { Aggregates } from '../platform/aggregates.js';
import { LivingWorkers } from '../platform/living-workers.js';
import { LogFollower } from '../platform/log-follower.js';
import { InjectLogger, type Logger } from '../platform/logger.js';
import { InjectReadModels, type ReadModels } from '../platform/read-models.js';
import { failureLevel } from '../platform/refusal.js';
import { isSilenced } from './is-silenced.js';
import { MediaWorkers } from './media-workers.js';

const SOURCE_OF = {
  AudioMuted: 'microphone',
  AudioUnmuted: 'microphone',
  VideoTurnedOn: 'camera',
  VideoTurnedOff: 'camera',
} as const;

const TYPES = [
  ...Object.keys(SOURCE_OF),
  'ScreenShareStopped',
  'ParticipantLeft',
  'BreakoutRoomAssigned',
  'BreakoutRoomLeft',
  'BreakoutRoomsClosed',
  'MediaPlaced',
  'MeetingEnded',
];

const ROOMS_AGAIN_MS = 1000;

const laneOf = ({ data }: RecordedEvent): string => (data as { meetingId: string }).meetingId;

/**
 * Makes the media follow the log: muting pauses producers, leaving closes them, breakout rooms part people, a dead worker's
 * meetings move to another.
 */
@Injectable()
export class MediaReactor implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stop = new AbortController();

  constructor(
    private readonly aggregates: Aggregates,
    private readonly workers: MediaWorkers,
    private readonly living: LivingWorkers,
    private readonly follower: LogFollower,
    @InjectReadModels() private readonly readModels: ReadModels,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.follower.follow('media', { types: TYPES, laneOf, durable: true }, event =>
      this.react(event as unknown as AnyEvent),
    );
    this.living.on('changed', kind => {
      if (kind !== 'media') return;
      this.moveStranded().catch((err: unknown) =>
        this.logger[failureLevel(err)]({ err }, 'could not look for stranded meetings'),
      );
    });
    await this.moveStranded();
  }

  beforeApplicationShutdown(): void {
    this.stop.abort();
  }

  private async react(event: AnyEvent): Promise<void> {
    switch (event.type) {
      case 'AudioMuted':
      case 'AudioUnmuted':
      case 'VideoTurnedOn':
      case 'VideoTurnedOff':
        return this.applyStatus(event.data.meetingId, event.data.participantId, SOURCE_OF[event.type]);
      case 'ParticipantLeft':
        await this.workers.requestPlaced('participant.close', {
          meetingId: event.data.meetingId,
          participantId: event.data.participantId,
        });
        return;
      case 'ScreenShareStopped':
        return this.closeScreen(event.data.meetingId, event.data.participantId);
      case 'BreakoutRoomAssigned':
      case 'BreakoutRoomLeft':
      case 'BreakoutRoomsClosed':
      case 'MediaPlaced':
        return this.applyRooms(event.data.meetingId);
      case 'MeetingEnded':
        await this.workers.requestPlaced('router.close', { meetingId: event.data.meetingId });
        return;
      default:
        return;
    }
  }

  /** Does not give up while the worker lives: who should not be heard would be, as long as nothing else happens there. */
  private async applyRooms(meetingId: string): Promise<void> {
    const { signal } = this.stop;
    for (;;) {
      try {
        return await this.workers.applyRooms(meetingId);
      } catch (error) {
        if (!(error instanceof DomainError && error.status === 503) || signal.aborted) throw error;
        this.logger.warn({ err: error, meeting: meetingId }, 'rooms could not be told; trying again');
        await Promise.allSettled([sleep(ROOMS_AGAIN_MS, undefined, { signal })]);
      }
    }
  }

  /** Brings the producers of a source to what the participant's state says now, which may be newer than the event. */
  private async applyStatus(meetingId: string, participantId: string, source: MediaSource): Promise<void> {
    const state = await this.aggregates.state(Participant, participantId);
    const operation = isSilenced(state, source) ? 'producer.pause' : 'producer.resume';
    for (const { producerId } of Object.values(state.producers).filter(one => one.source === source)) {
      await this.onProducer(operation, { meetingId, participantId, producerId });
    }
  }

  private async closeScreen(meetingId: string, participantId: string): Promise<void> {
    const { producers } = await this.aggregates.state(Participant, participantId);
    for (const { producerId, source } of Object.values(producers)) {
      if (source !== 'screen' && source !== 'screen-audio') continue;
      await this.onProducer('producer.close', { meetingId, participantId, producerId });
    }
  }

  /** One producer that is gone already, of which the log does not know yet, must not keep the next one from being muted. */
  private async onProducer(
    operation: 'producer.pause' | 'producer.resume' | 'producer.close',
    producer: MediaOperations['producer.pause']['request'],
  ): Promise<void> {
    try {
      await this.workers.requestPlaced(operation, producer);
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'PRODUCER_NOT_FOUND')) throw error;
    }
  }

  /** Places the active meetings of media workers that died on others; their clients hear of it through the log. */
  private async moveStranded(): Promise<void> {
    const alive = this.living.alive('media');
    if (alive.length === 0) return;
    const meetings = await this.readModels
      .selectFrom('meetings')
      .select('meeting_id')
      .where('status', '=', 'active')
      .where('media_worker_id', 'is not', null)
      .where('media_worker_id', 'not in', alive)
      .execute();
    for (const { meeting_id } of meetings) {
      try {
        await this.workers.place(meeting_id);
      } catch (error) {
        this.logger[failureLevel(error)](
          { err: error, meeting: meeting_id },
          'could not move a meeting to another media worker',
        );
      }
    }
  }
}
