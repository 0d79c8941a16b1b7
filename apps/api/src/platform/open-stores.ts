import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ActorSystem, openSqliteSnapshotStore, type SnapshotStore } from '#libs/actors';
import type { Config } from '#libs/config';
import { openEventLog, type PersonalEventLog } from '#libs/event-log';
import { ALL_PROJECTIONS, openReadModels, ProjectionRunner, type ReadModelStore } from '#libs/read-models';
import { COMPOSITION_QUEUE, connectRedis, RequestClient, WorkerRegistry } from '#libs/work-queues';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';

/** Everything the api keeps open while it runs. */
export interface Stores {
  readonly log: PersonalEventLog;
  readonly actors: ActorSystem;
  readonly readModels: ReadModelStore;
  readonly projections: ProjectionRunner;
  readonly redis: Redis;
  readonly requests: RequestClient;
  readonly registry: WorkerRegistry;
  readonly compositions: Queue;
  close(): Promise<void>;
}

/** Opens the log, the actors on it, the read models and Redis. @throws LogLocked when another process owns the data directory. */
export const openStores = async (config: Config, logger: Logger): Promise<Stores> => {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const log = await openEventLog(config, (err, delayMs) =>
    logger.warn({ err, delayMs }, 'the event log was lost; it is connected to again'),
  );
  const snapshots: SnapshotStore = openSqliteSnapshotStore({
    file: join(config.dataDir, 'snapshots.db'),
    era: log.lastErasure,
  });
  const actors = new ActorSystem({
    log,
    snapshots: { store: snapshots },
    onFault: (err, stream) => logger.error({ err, stream }, 'an actor failed and was restarted from the log'),
  });
  const readModels = await openReadModels({ file: join(config.dataDir, 'read-models.db') });
  const projections = new ProjectionRunner({
    log,
    database: readModels.writer,
    projections: ALL_PROJECTIONS,
    onError: (err, projection) => logger.error({ err, projection }, 'a projection failed; it is tried again'),
  });
  await projections.start();
  const redis = connectRedis(config.redisUrl, err => logger.warn({ err }, 'Redis does not answer'));
  const requests = new RequestClient({ redis, onLog: message => logger.debug(message) });
  const compositions = new Queue(COMPOSITION_QUEUE, { connection: redis });
  compositions.on('error', err => logger.warn({ err }, 'the composition queue does not answer'));
  return {
    log,
    actors,
    readModels,
    projections,
    redis,
    requests,
    registry: new WorkerRegistry({ redis }),
    compositions,
    close: async () => {
      await actors.close();
      await projections.stop();
      await readModels.close();
      await snapshots.close();
      await log.close();
      await requests.close();
      await compositions.close();
      redis.disconnect();
    },
  };
};
