import type { Config } from '#libs/config';
import { connectRedis, FactPublisher, recorderQueue, serveRequests, WorkerRegistry } from '#libs/work-queues';
import type { Fact, RecorderOperations } from '#libs/work-queues';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { ulid } from 'ulid';
import { Captures } from './capture/captures.js';

export interface Recorder {
  readonly recorderId: string;
  /** Stays connected until the recorder closes. */
  readonly redis: Redis;
  /** Tells the api a fact, without waiting for it to be told. */
  readonly tell: (fact: Fact) => void;
  /** Ends all captures; their files are whole then. */
  endCaptures(): Promise<void>;
  /** Ends all captures and takes the recorder off the list of the living. */
  close(): Promise<void>;
}

export interface RecorderOptions {
  readonly config: Pick<Config, 'dataDir' | 'recorderHost' | 'redisUrl' | 'slot'>;
  readonly logger: Logger;
}

/** Starts what captures: from here on the recorder is on the list of the living and answers {@link RecorderOperations}. */
export const startRecorder = async ({ config, logger }: RecorderOptions): Promise<Recorder> => {
  const recorderId = ulid();
  const { slot, dataDir, redisUrl, recorderHost: host } = config;
  const log = logger.child({ recorderId });
  const onError = (error: Error, about: object = {}): void =>
    log.error({ err: error, ...about }, error.message);

  const redis = connectRedis(redisUrl, error =>
    log.warn({ reason: error.message }, 'Redis is not reachable'),
  );
  const facts = new FactPublisher({ redis, onError });
  const tell = (fact: Fact): void => {
    facts.publish(fact).catch((error: Error) => onError(error, { factId: fact.factId }));
  };

  const captures = new Captures({
    dataDir,
    host,
    onKeyFrameNeeded: (recordingId, trackId) => {
      // Asked again soon if it still matters: what waited for Redis would be out of date.
      if (redis.status !== 'ready') return;
      tell({ factId: `key-frame-needed-${ulid()}`, type: 'KeyFrameNeeded', recordingId, trackId });
    },
    onError: (error, recordingId, trackId) => onError(error, { recordingId, trackId }),
  });

  const [server, registration] = await Promise.all([
    serveRequests<RecorderOperations>({
      redis,
      queue: recorderQueue(recorderId),
      handlers: captures.handlers,
      onError: (error, operation) => onError(error, { operation }),
    }),
    new WorkerRegistry({ redis, onError }).register('recorder', { id: recorderId, slot }),
  ]);
  tell({ factId: `recorder-started-${recorderId}`, type: 'RecorderStarted', recorderId, slot });
  log.info({ slot, sinceProcessStartMs: Math.round(performance.now()) }, 'recorder started');

  return {
    recorderId,
    redis,
    tell,
    endCaptures: () => captures.close(),
    close: async () => {
      await captures.close();
      await registration.stop();
      await server.close();
      await facts.close();
      redis.disconnect();
      log.info('recorder stopped');
    },
  };
};
