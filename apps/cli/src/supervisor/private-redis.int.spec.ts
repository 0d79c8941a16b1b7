import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManagedProcess } from './managed-process.js';
import { endStrayRedis, prepareSocketFolder, redisPlan, redisReady } from './private-redis.js';
import { identify, lives } from './process-identity.js';
import { redisAnswers } from './redis-ping.js';

const send = async (socketPath: string, command: string): Promise<string> => {
  const socket = connect(socketPath);
  socket.write(`${command}\r\n`);
  const [data] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return data.toString();
};

describe('the private Redis', () => {
  let dir: string;
  let socket: string;
  const begun: ManagedProcess[] = [];
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'parley-redis-'));
    socket = join(dir, 'redis.sock');
  });
  afterEach(async () => {
    await Promise.all(begun.splice(0).map(managed => managed.stop()));
    rmSync(dir, { recursive: true });
  });
  const start = async (): Promise<ManagedProcess> => {
    const silent = { onLine: () => undefined, onStart: () => undefined, onCrash: () => undefined };
    const managed = new ManagedProcess(redisPlan(dir, socket), silent);
    begun.push(managed);
    managed.start();
    await redisReady(socket);
    return managed;
  };

  it('listens on its socket alone, which only its user may open', async () => {
    await start();
    expect(await send(socket, 'CONFIG GET port')).toContain('$1\r\n0\r\n');
    expect(statSync(socket).mode & 0o777).toBe(0o700);
  });

  it('has what it acknowledged after it was stopped and started again', async () => {
    const first = await start();
    expect(await send(socket, 'SET meeting lobby')).toBe('+OK\r\n');
    await first.stop();
    await start();
    expect(await send(socket, 'GET meeting')).toContain('lobby');
  });

  it('is ended where an earlier run left it behind', async () => {
    const stray = await start();
    const identity = stray.identity;
    // Or its supervisor here would start it again.
    const stopped = stray.stop();
    await endStrayRedis(socket);
    await stopped;
    expect(await redisAnswers(socket)).toBe(false);
    expect(identity && lives(identity)).toBe(false);
    expect(identify(identity?.pid ?? 0)).toBeUndefined();
  });

  it('does not answer where there is none', async () => {
    expect(await redisAnswers(socket)).toBe(false);
  });

  it('gets a folder for its socket that no other user can read', () => {
    prepareSocketFolder(join(dir, 'short', 'redis.sock'));
    expect(statSync(join(dir, 'short')).mode & 0o777).toBe(0o700);
  });
});
