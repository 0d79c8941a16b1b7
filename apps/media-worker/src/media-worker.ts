import type { Config } from '#libs/config';
import { connectRedis, FactPublisher, mediaQueue, serveRequests, WorkerRegistry } from '#libs/work-queues';
import type { Fact, MediaOperations } from '#libs/work-queues';
import type { Logger } from 'pino';
import { ulid } from 'ulid';
import { startMediaEngine } from './media-engine.js';
import { mediaHandlers } from './media-handlers.js';
import { Meetings } from './meetings.js';

export interface MediaWorker {
  readonly mediaWorkerId: string;
  /** Process id of mediasoup's own process. */
  readonly subprocessId: number;
  close(): Promise<void>;
}

export interface MediaWorkerOptions {
  readonly config: Pick<Config, 'media' | 'slot' | 'redisUrl'>;
  readonly logger: Logger;
  /** mediasoup's process is gone, and all media with it; the worker has taken itself off the list of the living. */
  readonly onDied: (error: Error) => void;
}

/** Starts a media worker: from here on it is on the list of the living and answers {@link MediaOperations}. */
export const startMediaWorker = async ({
  config,
  logger,
  onDied,
}: MediaWorkerOptions): Promise<MediaWorker> => {
  const mediaWorkerId = ulid();
  const { slot } = config;
  const log = logger.child({ mediaWorkerId });
  const onError = (error: Error, about: object = {}): void =>
    log.error({ err: error, ...about }, error.message);

  const engine = await startMediaEngine(config);
  const redis = connectRedis(config.redisUrl, error =>
    log.warn({ reason: error.message }, 'Redis is not reachable'),
  );
  const facts = new FactPublisher({ redis, onError });
  let ending = false;
  // The end of the whole worker is one fact, its missing heartbeat: not one per producer as well.
  const onFact = (fact: Fact): void => {
    if (!ending) facts.publish(fact).catch((error: Error) => onError(error, { factId: fact.factId }));
  };
  engine.worker.on('died', () => (ending = true));

  const { worker, webRtcServer } = engine;
  const meetings = new Meetings({ worker, webRtcServer, host: config.media.host, onFact, onError });
  const server = await serveRequests<MediaOperations>({
    redis,
    queue: mediaQueue(mediaWorkerId),
    handlers: mediaHandlers(meetings),
    onError: (error, operation) => onError(error, { operation }),
  });
  const registration = await new WorkerRegistry({ redis, onError }).register('media', {
    id: mediaWorkerId,
    slot,
  });
  onFact({
    factId: `media-worker-started-${mediaWorkerId}`,
    type: 'MediaWorkerStarted',
    mediaWorkerId,
    slot,
  });
  log.info({ slot, subprocessId: worker.pid }, 'media worker started');

  const died = async (error: Error): Promise<void> => {
    log.fatal({ reason: error.message }, 'mediasoup’s process died');
    await registration.stop().catch(onError);
    onDied(error);
  };
  if (worker.died) void died(new Error('it died during the start'));
  else worker.on('died', error => void died(error));

  const end = async (): Promise<void> => {
    await meetings.settleSpeech();
    ending = true;
    await registration.stop();
    await server.close();
    await engine.close();
    await facts.close();
    redis.disconnect();
    log.info('media worker stopped');
  };
  let ended: Promise<void> | undefined;
  return { mediaWorkerId, subprocessId: worker.pid, close: () => (ended ??= end()) };
};
