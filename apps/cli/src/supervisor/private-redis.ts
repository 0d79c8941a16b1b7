import { accessSync, constants, lstatSync, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessPlan } from './managed-process.js';
import { redisAnswers, redisShutdown } from './redis-ping.js';
import { StartError } from './start-error.js';

const START_PATIENCE_MS = 30_000;
const POLL_MS = 25;

const onPath = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some(folder => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      // Not in this folder; another one may have it.
      return false;
    }
  });

/**
 * The private Redis of a data directory: reachable through a unix socket that only this user may open, with every write
 * in an append-only file that is synced each second.
 */
export const redisPlan = (dataDir: string, socketPath: string): ProcessPlan => {
  if (!onPath('redis-server')) {
    throw new StartError('redis-server is not installed. Run npm start, or: apt-get install redis-server.');
  }
  const dir = join(dataDir, 'redis');
  mkdirSync(dir, { recursive: true });
  const server = [
    'redis-server',
    ...['--port', '0', '--unixsocket', socketPath, '--unixsocketperm', '700'],
    ...['--dir', dir, '--appendonly', 'yes', '--appendfsync', 'everysec', '--save', ''],
    ...['--daemonize', 'no', '--maxmemory-policy', 'noeviction'],
  ];
  // Redis knows no IPC channel; the kernel tells it instead when its supervisor is gone.
  const [command = '', ...args] = onPath('setpriv')
    ? ['setpriv', '--pdeathsig', 'TERM', '--', ...server]
    : server;
  return { name: 'redis', command, args, env: process.env, ipc: false };
};

/** Makes the folder of the socket, and refuses one that another user could meddle with. */
export const prepareSocketFolder = (socketPath: string): void => {
  const folder = dirname(socketPath);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid } = lstatSync(folder);
  if (uid !== process.getuid?.()) {
    throw new StartError(
      `${folder}, the folder of Redis's socket, belongs to another user. Set PARLEY_DATA_DIR to a shorter path.`,
    );
  }
};

/** Ends a Redis that an earlier, killed run left on this socket: two of them would write to one file. */
export const endStrayRedis = async (socketPath: string): Promise<void> => {
  while (await redisAnswers(socketPath)) {
    await redisShutdown(socketPath);
    await sleep(POLL_MS);
  }
};

export const redisReady = async (socketPath: string): Promise<void> => {
  const deadline = Date.now() + START_PATIENCE_MS;
  while (!(await redisAnswers(socketPath))) {
    if (Date.now() > deadline)
      throw new StartError('The private Redis did not answer in 30 s; see logs/redis.log.');
    await sleep(POLL_MS);
  }
};
