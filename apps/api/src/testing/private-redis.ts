import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectRedis } from '#libs/work-queues';

export interface PrivateRedis {
  readonly redisUrl: string;
  /** Ends the server and deletes what it kept. */
  stop(): Promise<void>;
}

/** A redis-server of a test's own, on a unix socket in a temporary directory. */
export const startPrivateRedis = async (): Promise<PrivateRedis> => {
  const directory = mkdtempSync(join(tmpdir(), 'parley-api-redis-'));
  const socket = join(directory, 'redis.sock');
  const redisUrl = `unix://${socket}`;
  const server = spawn(
    'redis-server',
    ['--port', '0', '--unixsocket', socket, '--dir', directory, '--save', '', '--appendonly', 'no'],
    { stdio: 'ignore' },
  );
  const ended = once(server, 'exit');
  const redis = connectRedis(redisUrl);
  try {
    await Promise.race([
      redis.ping(),
      ended.then(() => Promise.reject(new Error('redis-server did not start'))),
    ]);
  } finally {
    redis.disconnect();
  }
  return {
    redisUrl,
    stop: async () => {
      server.kill('SIGKILL');
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
