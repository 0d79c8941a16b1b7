import { Worker } from 'bullmq';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectRedis } from './connect-redis.js';
import type { Fact } from './facts.js';
import { FACTS_QUEUE } from './queue-names.js';

/** Pauses before trying again at the head of the line, milliseconds: about three seconds, enough for a short hiccup. */
const PAUSES_IN_LINE = [50, 100, 200, 400, 800, 1600];
/** Then the fact steps aside, so that one which cannot be handled does not hold up the others; it comes back this often. */
const LATER_MS = (attemptsMade: number): number =>
  Math.min(2000 * 2 ** Math.min(attemptsMade - 1, 8), 300_000);

/**
 * Hands facts to the api one at a time in the order of their arrival, each at least once. One that cannot be handled is
 * tried again in its place for some seconds, and later for as long as it takes.
 */
export const consumeFacts = async (options: {
  readonly redisUrl: string;
  readonly handle: (fact: Fact) => Promise<void>;
  readonly onError: (error: Error, fact?: Fact) => void;
}): Promise<{ close(): Promise<void> }> => {
  const { handle, onError } = options;
  const redis = connectRedis(options.redisUrl);
  const closing = new AbortController();

  const handleInLine = async (fact: Fact): Promise<void> => {
    for (const pause of PAUSES_IN_LINE) {
      try {
        return await handle(fact);
      } catch (error) {
        onError(error as Error, fact);
        if (closing.signal.aborted) throw error;
      }
      await sleep(pause, undefined, { signal: closing.signal });
    }
    await handle(fact);
  };

  const worker = new Worker<Fact>(FACTS_QUEUE, job => handleInLine(job.data), {
    connection: redis,
    concurrency: 1,
    // When an api process is killed, what it had in hand is taken up again after this long.
    lockDuration: 6000,
    stalledInterval: 3000,
    maxStalledCount: Number.MAX_SAFE_INTEGER,
    runRetryDelay: 250,
    // A consumer that stops leaves the fact to the next one at once.
    settings: { backoffStrategy: made => (closing.signal.aborted ? 0 : LATER_MS(made)) },
  });
  worker.on('error', error => onError(error));
  worker.on('failed', (job, error) => onError(error, job?.data));
  await worker.waitUntilReady();

  const end = async (): Promise<void> => {
    closing.abort();
    // Without Redis an orderly end would wait for it for ever; the fact in hand is taken up again later.
    await worker.close(redis.status !== 'ready');
    redis.disconnect();
  };
  let ended: Promise<void> | undefined;
  return { close: () => (ended ??= end()) };
};
