import type { Config } from '#libs/config';
import { COMPOSITION_QUEUE, type CompositionJob, type Fact } from '#libs/work-queues';
import { WaitingError, Worker, type Job } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { recordingFiles } from '../recording-files.js';
import { compose } from './compose.js';
import type { Segment } from './plan.js';

export interface CompositionWorkerOptions {
  readonly redis: Redis;
  readonly config: Pick<Config, 'dataDir' | 'recording'>;
  readonly tell: (fact: Fact) => void;
  readonly logger: Logger;
}

/** A recorder that was killed loses its job after this long, and another one, or its successor, goes on with it. */
const LOCK_MS = 10_000;
const STALLED_CHECK_MS = 5000;

/** Told to users: how it failed is in the log. */
const REASON = 'The recording could not be composed; its tracks are kept';

/**
 * Takes composition jobs, one at a time. A job that fails is tried as often as it says (`attempts`); the last time
 * unreadable tracks are shown as name tiles. Stopped, it hands its job back for someone else to go on.
 */
export const startCompositionWorker = async (
  options: CompositionWorkerOptions,
): Promise<{ close(): Promise<void> }> => {
  const { redis, config, tell, logger } = options;
  const stopping = new AbortController();

  const composeJob = async (job: Job<CompositionJob>): Promise<void> => {
    const { recordingId } = job.data;
    const log = logger.child({ recordingId, attempt: job.attemptsMade + 1 });
    const begun = performance.now();
    const unreadable = (error: Error, { firstFrame, frames }: Segment): void =>
      log.error({ err: error, firstFrame, frames }, 'tracks are unreadable; showing name tiles instead');
    log.info({ duration: job.data.duration, tracks: job.data.tracks.length }, 'composition started');
    const composed = await compose({
      job: job.data,
      files: recordingFiles(config.dataDir, recordingId),
      picture: config.recording,
      atATime: config.recording.jobs,
      signal: stopping.signal,
      onProgress: percent =>
        tell({
          factId: `composition-progressed-${recordingId}-${percent}`,
          type: 'CompositionProgressed',
          recordingId,
          percent,
        }),
      onUnreadable: isLast(job) ? unreadable : undefined,
    });
    const type = 'CompositionCompleted';
    tell({ factId: `composition-completed-${recordingId}`, type, recordingId, ...composed });
    log.info({ ...composed, tookSeconds: (performance.now() - begun) / 1000 }, 'composition completed');
  };

  const worker = new Worker<CompositionJob, void>(
    COMPOSITION_QUEUE,
    async (job, token) => {
      try {
        await composeJob(job);
      } catch (error) {
        if (!stopping.signal.aborted) throw error;
        await job.moveToWait(token);
        throw new WaitingError();
      }
    },
    {
      connection: redis,
      concurrency: 1,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      runRetryDelay: 250,
    },
  );
  worker.on('error', error => logger.error({ err: error }, error.message));
  worker.on('failed', (job, error) => {
    const recordingId = job?.data.recordingId;
    logger.error({ err: error, recordingId, attempt: job?.attemptsMade }, 'composition failed');
    if (!job || !recordingId || job.attemptsMade < attemptsOf(job)) return;
    const type = 'CompositionFailed';
    tell({ factId: `composition-failed-${recordingId}`, type, recordingId, reason: REASON });
  });
  await worker.waitUntilReady();

  return {
    close: async () => {
      stopping.abort();
      await worker.close();
    },
  };
};

const attemptsOf = (job: Job): number => job.opts.attempts ?? 1;

const isLast = (job: Job): boolean => job.attemptsMade + 1 >= attemptsOf(job);
