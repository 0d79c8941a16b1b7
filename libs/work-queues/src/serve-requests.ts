import { DomainError } from '#libs/domain';
import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { connectRedis } from './connect-redis.js';
import { refusal, type AnswerEnvelope, type Operations, type RequestEnvelope } from './request-envelope.js';

/** A worker's queue outlives its last sign of life by this long, then Redis forgets it. */
const QUEUE_EXPIRY_SECONDS = 600;
const SIGN_OF_LIFE_MS = 10_000;

export type RequestHandlers<Ops extends Operations<Ops>> = {
  readonly [K in keyof Ops]: (request: Ops[K]['request']) => Promise<Ops[K]['result']>;
};

export interface ServeRequestsOptions<Ops extends Operations<Ops>> {
  /** One of the two. A connection that is handed in stays the caller's to close. */
  readonly redisUrl?: string;
  readonly redis?: Redis;
  readonly queue: string;
  readonly handlers: RequestHandlers<Ops>;
  /** Requests in work at a time; 64 by default. */
  readonly concurrency?: number;
  /** Told of what a handler threw besides a DomainError, and of trouble with Redis; written to stderr by default. */
  readonly onError?: (error: Error, operation?: string) => void;
}

/**
 * Answers requests from a queue. A handler refuses by throwing a DomainError, which the asker gets as it was thrown;
 * anything else that it throws becomes `INTERNAL_ERROR`. Requests whose deadline has passed are not done.
 */
export const serveRequests = async <Ops extends Operations<Ops>>(
  options: ServeRequestsOptions<Ops>,
): Promise<{ close(): Promise<void> }> => {
  const { queue, handlers } = options;
  const onError = options.onError ?? ((error, operation) => console.error(operation ?? queue, error));
  const redis = options.redis ?? connectRedis(options.redisUrl ?? '');

  const answer = async (
    operation: string,
    { deadline, request }: RequestEnvelope,
  ): Promise<AnswerEnvelope> => {
    if (Date.now() > deadline) return refusal(new DomainError('MEDIA_UNAVAILABLE'));
    if (!Object.hasOwn(handlers, operation)) return refusal(new DomainError('INTERNAL_ERROR', { operation }));
    try {
      return { result: await handlers[operation as keyof Ops](request) };
    } catch (error) {
      if (error instanceof DomainError) return refusal(error);
      onError(error as Error, operation);
      return refusal(new DomainError('INTERNAL_ERROR'));
    }
  };

  const worker = new Worker<RequestEnvelope, AnswerEnvelope>(queue, job => answer(job.name, job.data), {
    connection: redis,
    concurrency: options.concurrency ?? 64,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
    // A request is begun at most once: nobody else serves this queue, and its asker has a deadline.
    skipStalledCheck: true,
    runRetryDelay: 250,
  });
  worker.on('error', error => onError(error));
  await worker.waitUntilReady();

  // Keys made since the last sign of life have no expiry yet: hence often.
  const keepAlive = async (): Promise<void> => {
    if (redis.status !== 'ready') return;
    const keys = ['meta', 'id', 'events', 'marker', 'wait', 'active'].map(key => worker.toKey(key));
    const expiries = redis.pipeline();
    for (const key of keys) expiries.expire(key, QUEUE_EXPIRY_SECONDS);
    await expiries.exec().catch(onError);
  };
  const keepingAlive = setInterval(() => void keepAlive(), SIGN_OF_LIFE_MS);

  const end = async (): Promise<void> => {
    clearInterval(keepingAlive);
    await worker.close();
    await keepAlive();
    if (!options.redis) redis.disconnect();
  };
  let ended: Promise<void> | undefined;
  return { close: () => (ended ??= end()) };
};
