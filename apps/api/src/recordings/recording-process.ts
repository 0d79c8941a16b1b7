import { Inject, Injectable } from '@nestjs/common';
import { DomainError, Recording, type RecordingState, recordingTimeline } from '#libs/domain';
import {
  recorderQueue,
  type CompositionJob,
  type RecorderOperations,
  RequestClient,
} from '#libs/work-queues';
import { type EventLog, readMeeting } from '#libs/event-log';
import type { Queue } from 'bullmq';
import { MediaWorkers } from '../media/media-workers.js';
import { Aggregates } from '../platform/aggregates.js';
import { COMPOSITIONS } from '../platform/compositions.js';
import { LivingWorkers } from '../platform/living-workers.js';
import { EVENT_LOG } from '../platform/log-follower.js';

const DAY_SECONDS = 24 * 3600;

/**
 * Brings the world to what a recording's events say: while it records, a living recorder captures and the media worker
 * sends to it; once it is stopped, composition is queued. Every step may be taken again without harm.
 */
@Injectable()
export class RecordingProcess {
  /** The last step under way of each recording: its steps never overlap. */
  private readonly steps = new Map<string, Promise<void>>();

  constructor(
    private readonly aggregates: Aggregates,
    private readonly workers: MediaWorkers,
    private readonly living: LivingWorkers,
    private readonly requests: RequestClient,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(COMPOSITIONS) private readonly compositions: Queue,
  ) {}

  /** Does what is to be done for this recording now. */
  ensure(recordingId: string): Promise<void> {
    const before = this.steps.get(recordingId) ?? Promise.resolve();
    const step = before.then(
      () => this.step(recordingId),
      () => this.step(recordingId),
    );
    this.steps.set(recordingId, step);
    const forget = (): void => {
      if (this.steps.get(recordingId) === step) this.steps.delete(recordingId);
    };
    step.then(forget, forget);
    return step;
  }

  private async step(recordingId: string): Promise<void> {
    const state = await this.aggregates.state(Recording, recordingId);
    if (state.status === 'recording') await this.capture(state);
    if (state.status === 'processing') await this.compose(state);
  }

  private async capture(found: RecordingState): Promise<void> {
    const { recordingId, meetingId } = found;
    const state = this.living.isAlive('recorder', found.recorderId) ? found : await this.beginCapture(found);
    const { attempt, recorderId, ip, port } = state;
    if (!recorderId || !ip || !port) return;
    for (const track of Object.values(state.tracks)) {
      if (track.attempt === attempt) await this.ask(recorderId, 'capture.addTrack', { recordingId, track });
    }
    await this.workers.request('recording.connect', { meetingId, recordingId, attempt, ip, port });
  }

  private async beginCapture(state: RecordingState): Promise<RecordingState> {
    const [recorderId] = this.living.alive('recorder');
    if (!recorderId) throw new DomainError('UNAVAILABLE', {}, 'No recorder is running');
    const { recordingId, startedAt = '' } = state;
    const { ip, port } = await this.ask(recorderId, 'capture.start', {
      recordingId,
      epoch: Date.parse(startedAt),
    });
    return this.aggregates.execute(
      Recording,
      recordingId,
      { type: 'BeginCapture', recorderId, ip, port },
      this.aggregates.ownContext(),
    );
  }

  private async compose(state: RecordingState): Promise<void> {
    const { recordingId, meetingId, recorderId } = state;
    await this.workers.requestPlaced('recording.close', { meetingId, recordingId });
    if (recorderId && this.living.isAlive('recorder', recorderId)) {
      await this.ask(recorderId, 'capture.stop', { recordingId });
    }
    const events = await readMeeting(this.log, meetingId);
    const job: CompositionJob = {
      recordingId,
      meetingId,
      ...recordingTimeline(events, recordingId),
      tracks: Object.values(state.tracks),
    };
    // The recording's id as the job's: adding it again while it waits or runs changes nothing.
    await this.compositions.add('compose', job, {
      jobId: recordingId,
      attempts: 3,
      backoff: { type: 'exponential', delay: 2000 },
      removeOnComplete: { age: DAY_SECONDS },
      removeOnFail: { age: DAY_SECONDS },
    });
  }

  private ask<N extends keyof RecorderOperations>(
    recorderId: string,
    name: N,
    request: RecorderOperations[N]['request'],
  ): Promise<RecorderOperations[N]['result']> {
    return this.requests.request<RecorderOperations, N>(recorderQueue(recorderId), name, request);
  }
}
