import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Config } from '#libs/config';
import { DomainError, Participant, Recording } from '#libs/domain';
import { consumeFacts, type Fact } from '#libs/work-queues';
import { MediaWorkers } from '../media/media-workers.js';
import { Aggregates, systemContext } from '../platform/aggregates.js';
import { LivingWorkers } from '../platform/living-workers.js';
import { InjectLogger, type Logger } from '../platform/logger.js';
import { factsTotal } from '../platform/metrics.js';
import { CONFIG } from '../platform/settings.js';

/** Turns what media workers and recorders report into commands; the fact's id makes a repeat harmless. */
@Injectable()
export class FactsConsumer implements OnApplicationBootstrap, OnApplicationShutdown {
  private consumer?: { close(): Promise<void> };

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly aggregates: Aggregates,
    private readonly workers: MediaWorkers,
    private readonly living: LivingWorkers,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.consumer = await consumeFacts({
      redisUrl: this.config.redisUrl,
      handle: fact => this.handle(fact),
      onError: error => this.logger.warn({ err: error }, 'a fact could not be taken yet'),
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.consumer?.close();
  }

  private async handle(fact: Fact): Promise<void> {
    factsTotal.inc({ type: fact.type });
    try {
      await this.apply(fact);
    } catch (error) {
      // A refusal of the domain is final: the fact came too late to matter. Anything else is worth another try.
      if (!(error instanceof DomainError) || error.status === 503) throw error;
      this.logger.info({ fact: fact.type, code: error.code }, 'a fact no longer applies');
    }
  }

  private async apply(fact: Fact): Promise<void> {
    const context = systemContext(fact.factId);
    switch (fact.type) {
      case 'MediaWorkerStarted':
      case 'RecorderStarted':
        await this.living.refresh();
        return;
      case 'ProducerClosed': {
        const { participantId, producerId } = fact;
        await this.aggregates.execute(
          Participant,
          participantId,
          { type: 'CloseProducer', producerId },
          context,
        );
        return;
      }
      case 'SpeechMeasured': {
        const { participantId, seconds, measuredAt } = fact;
        await this.aggregates.execute(
          Participant,
          participantId,
          { type: 'RecordSpeech', seconds, measuredAt },
          context,
        );
        return;
      }
      case 'RecordingTrackOpened': {
        const { recordingId, track } = fact;
        await this.aggregates.execute(Recording, recordingId, { type: 'AddTrack', track }, context);
        return;
      }
      case 'KeyFrameNeeded': {
        const { recordingId, trackId } = fact;
        const { meetingId } = await this.aggregates.state(Recording, recordingId);
        await this.workers.requestPlaced('recording.keyFrame', { meetingId, recordingId, trackId });
        return;
      }
      case 'CompositionProgressed': {
        const { recordingId, percent } = fact;
        await this.aggregates.execute(Recording, recordingId, { type: 'ReportProgress', percent }, context);
        return;
      }
      case 'CompositionCompleted': {
        const { recordingId, durationSeconds, fileSizeBytes, width, height } = fact;
        await this.aggregates.execute(
          Recording,
          recordingId,
          { type: 'CompleteRecording', durationSeconds, fileSizeBytes, width, height },
          context,
        );
        return;
      }
      case 'CompositionFailed': {
        const { recordingId, reason } = fact;
        await this.aggregates.execute(Recording, recordingId, { type: 'FailRecording', reason }, context);
        return;
      }
    }
  }
}
