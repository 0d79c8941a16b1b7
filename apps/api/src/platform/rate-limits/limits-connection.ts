import type { Redis } from 'ioredis';

/** Silence after which a connection counts as lost, in ms. Long for a busy process, short for one who waits for an answer. */
const SILENT_MS = 2000;
const CONNECT_MS = 2000;

/**
 * A second connection to the same Redis, on which nothing waits: as long as Redis is away every command fails at once, and
 * what was on its way fails with the connection. One that holds the connection and says nothing loses it. It reconnects by
 * itself, as the first does.
 */
export const limitsConnection = (redis: Redis): Redis =>
  redis
    .duplicate({
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
      socketTimeout: SILENT_MS,
      connectTimeout: CONNECT_MS,
    })
    // The first connection tells of failed attempts.
    .on('error', () => undefined);

/** Done when the first attempt to connect has succeeded or failed. */
export const firstAttempt = (redis: Redis): Promise<void> =>
  new Promise(resolve => {
    if (redis.status === 'ready') return resolve();
    redis.once('ready', resolve).once('close', resolve);
  });
