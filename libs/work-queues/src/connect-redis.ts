import { Redis, type RedisOptions } from 'ioredis';

/**
 * BullMQ needs `maxRetriesPerRequest: null`: a command waits for Redis to come back instead of failing. Whoever cannot
 * wait sets its own time limit, as {@link RequestClient} does.
 */
const OPTIONS: RedisOptions = {
  maxRetriesPerRequest: null,
  // Soon at first, since the private Redis is back within a second; never slower than every two seconds.
  retryStrategy: attempt => Math.min(50 * 2 ** Math.min(attempt, 6), 2000),
};

/**
 * Connects to Redis and stays connected: after a loss it reconnects by itself and sends again what was not answered.
 * @param redisUrl `redis://…`, `rediss://…` or `unix:///path`
 * @param onError told of each failed attempt; by default nobody is, since reconnecting goes on regardless
 */
export const connectRedis = (redisUrl: string, onError: (error: Error) => void = () => undefined): Redis => {
  const url = new URL(redisUrl);
  const redis =
    url.protocol === 'unix:'
      ? new Redis({ ...OPTIONS, path: decodeURIComponent(url.pathname) })
      : new Redis(redisUrl, OPTIONS);
  // Without a listener Node would end the process at the first lost connection.
  return redis.on('error', onError);
};
