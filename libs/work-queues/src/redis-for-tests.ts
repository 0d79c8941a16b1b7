import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectRedis } from './connect-redis.js';

export interface TestRedis {
  readonly redisUrl: string;
  /** Kills the server as a crash would, once its file has what it answered, unless it is paused; `start` starts it again. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Stops the server from answering, its connections open, as a machine that is stuck. */
  pause(): void;
  resume(): void;
  /** Ends the server and deletes its directory. */
  stop(): Promise<void>;
}

/** A private redis-server on a unix socket in a temporary directory, with an append-only file as `parley up` uses it. */
export const startRedis = async (): Promise<TestRedis> => {
  const directory = await mkdtemp(join(tmpdir(), 'parley-redis-'));
  const socket = join(directory, 'redis.sock');
  const redisUrl = `unix://${socket}`;
  let server: ChildProcess | undefined;
  let paused = false;

  const start = async (): Promise<void> => {
    const storage = ['--dir', directory, '--save', '', '--appendonly', 'yes', '--appendfsync', 'everysec'];
    const spawned = spawn('redis-server', ['--port', '0', '--unixsocket', socket, ...storage], {
      stdio: 'ignore',
    });
    server = spawned;
    paused = false;
    const redis = connectRedis(redisUrl);
    try {
      await new Promise<void>((resolve, reject) => {
        spawned.once('error', reject);
        spawned.once('exit', () => reject(new Error('redis-server did not start')));
        redis.ping().then(() => resolve(), reject);
      });
    } finally {
      redis.disconnect();
    }
  };
  const running = (): boolean => server?.exitCode === null && server.signalCode === null;
  /** With `everysec` Redis holds back for up to two seconds what it has answered, while the disk is busy with earlier writes. */
  const written = async (): Promise<void> => {
    const redis = connectRedis(redisUrl);
    try {
      while (!(await redis.info('persistence')).includes('aof_buffer_length:0\r\n')) await sleep(5);
    } finally {
      redis.disconnect();
    }
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (!server || !running()) return;
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  };

  await start();
  return {
    redisUrl,
    start,
    kill: async () => {
      if (running() && !paused) await written();
      await end('SIGKILL');
    },
    pause: () => {
      paused = true;
      server?.kill('SIGSTOP');
    },
    resume: () => {
      paused = false;
      server?.kill('SIGCONT');
    },
    stop: async () => {
      await end('SIGKILL');
      // A child of the server that rewrites its file outlives it for a moment, and may still begin one.
      await rm(directory, { recursive: true, force: true, maxRetries: 10 });
    },
  };
};
