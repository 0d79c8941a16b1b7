import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { type AnyEvent, Meeting, Recording, streamOf } from '#libs/domain';
import type { EventLog, RecordedEvent } from '#libs/event-log';
import { Aggregates, systemContext } from '../platform/aggregates.js';
import { LivingWorkers } from '../platform/living-workers.js';
import { EVENT_LOG, LogFollower } from '../platform/log-follower.js';
import { InjectLogger, type Logger } from '../platform/logger.js';
import { InjectReadModels, type ReadModels } from '../platform/read-models.js';
import { failureLevel } from '../platform/refusal.js';
import { RecordingProcess } from './recording-process.js';

const TYPES = [
  'MeetingStarted',
  'MeetingRecordingStarted',
  'MeetingRecordingStopped',
  'MediaPlaced',
  'RecordingCreated',
  'TrackAdded',
  'RecordingStopped',
];
const RETRY_MS = 1000;

const laneOf = ({ data }: RecordedEvent): string => (data as { meetingId: string }).meetingId;

/** Lets recordings follow the log: what a meeting's events ask for becomes commands to the recording and steps of its process. */
@Injectable()
export class RecordingReactor implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** At most one for each recording, however many of its steps failed. */
  private readonly retries = new Map<string, NodeJS.Timeout>();
  private closing = false;

  constructor(
    private readonly aggregates: Aggregates,
    private readonly process: RecordingProcess,
    private readonly living: LivingWorkers,
    private readonly follower: LogFollower,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @InjectReadModels() private readonly readModels: ReadModels,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.follower.follow('recordings', { types: TYPES, laneOf, durable: true }, event =>
      this.react(event as unknown as AnyEvent, event.id),
    );
    this.living.on('changed', kind => {
      if (kind === 'recorder')
        void this.ensureAll().catch((err: unknown) =>
          this.logger[failureLevel(err)]({ err }, 'could not look for recordings'),
        );
    });
    await this.recover();
  }

  beforeApplicationShutdown(): void {
    this.closing = true;
    for (const retry of this.retries.values()) clearTimeout(retry);
  }

  private async react(event: AnyEvent, eventId: string): Promise<void> {
    switch (event.type) {
      case 'MeetingStarted':
        return this.autoRecord(event.data.meetingId, eventId);
      case 'MeetingRecordingStarted':
        return this.create(event.data.meetingId, event.data, eventId);
      case 'MeetingRecordingStopped': {
        const { recordingId, stoppedBy, stoppedAt } = event.data;
        await this.aggregates.execute(
          Recording,
          recordingId,
          { type: 'StopCapture', stoppedBy, stoppedAt },
          systemContext(eventId),
        );
        return;
      }
      case 'MediaPlaced': {
        const { recordingId } = await this.aggregates.state(Meeting, event.data.meetingId);
        if (recordingId) this.ensure(recordingId);
        return;
      }
      case 'RecordingCreated':
      case 'TrackAdded':
      case 'RecordingStopped':
        this.ensure(event.data.recordingId);
        return;
      default:
        return;
    }
  }

  private async autoRecord(meetingId: string, eventId: string): Promise<void> {
    const { settings } = await this.aggregates.state(Meeting, meetingId);
    if (!settings.autoRecord || settings.recordingPermission === 'none') return;
    await this.aggregates.execute(
      Meeting,
      meetingId,
      { type: 'StartRecording', recordingId: eventId },
      systemContext(eventId),
    );
  }

  private async create(
    meetingId: string,
    recording: { recordingId: string; startedBy: string; startedAt: string },
    cause: string,
  ): Promise<void> {
    const { title } = await this.aggregates.state(Meeting, meetingId);
    const { recordingId, startedBy, startedAt } = recording;
    await this.aggregates.execute(
      Recording,
      recordingId,
      { type: 'CreateRecording', recordingId, meetingId, title, startedBy, startedAt },
      systemContext(cause),
    );
  }

  /** Takes the next step in the background, again and again until it succeeds or there is nothing left to do. */
  private ensure(recordingId: string): void {
    this.process.ensure(recordingId).catch((error: unknown) => {
      if (this.closing || this.retries.has(recordingId)) return;
      this.logger.warn({ err: error, recording: recordingId }, 'a step of a recording failed; trying again');
      const retry = setTimeout(() => {
        this.retries.delete(recordingId);
        this.ensure(recordingId);
      }, RETRY_MS);
      this.retries.set(recordingId, retry);
    });
  }

  private async ensureAll(): Promise<void> {
    const rows = await this.readModels
      .selectFrom('recordings')
      .select('recording_id')
      .where('status', 'in', ['recording', 'processing'])
      .execute();
    for (const { recording_id } of rows) this.ensure(recording_id);
  }

  /** Takes up what a process that died had heard of and not done: meetings and recordings that do not agree. */
  private async recover(): Promise<void> {
    const notBegun = await this.readModels
      .selectFrom('meetings')
      .leftJoin('recordings', 'recordings.recording_id', 'meetings.recording_id')
      .select('meetings.meeting_id')
      .where('meetings.recording_id', 'is not', null)
      .where('recordings.recording_id', 'is', null)
      .execute();
    const notStopped = await this.readModels
      .selectFrom('recordings')
      .innerJoin('meetings', 'meetings.meeting_id', 'recordings.meeting_id')
      .select('meetings.meeting_id')
      .where('recordings.status', '=', 'recording')
      .whereRef('meetings.recording_id', 'is distinct from', 'recordings.recording_id')
      .execute();
    for (const { meeting_id } of [...notBegun, ...notStopped]) {
      for await (const event of this.log.readStream(streamOf(Meeting, meeting_id))) {
        if (!event.type.startsWith('MeetingRecording')) continue;
        await this.react(event as unknown as AnyEvent, event.id);
      }
    }
    await this.ensureAll();
  }
}
