import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { connectRedis, WorkerRegistry } from '#libs/work-queues';
import type { Redis } from 'ioredis';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { startRedis, type TestRedis } from '../../../libs/work-queues/src/redis-for-tests.js';

jest.setTimeout(120_000);

const ROOT = resolve(import.meta.dirname, '../../..');

/** Compiles the sources as `nest build` does, into a directory of the test's own. */
const build = async (directory: string): Promise<string> => {
  const swc = join(ROOT, 'node_modules/@swc/cli/bin/swc.js');
  const sources = ['apps/media-worker', 'libs/config', 'libs/domain', 'libs/service', 'libs/work-queues'];
  const options = [
    '-d',
    directory,
    '--config-file',
    join(ROOT, '.swcrc'),
    '--ignore',
    '**/*.spec.ts',
    '--quiet',
  ];
  await promisify(execFile)(process.execPath, [swc, ...sources, ...options], { cwd: ROOT });
  const imports = { '#libs/*': './libs/*/src/index.js' };
  await writeFile(join(directory, 'package.json'), JSON.stringify({ type: 'module', imports }));
  await symlink(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
  return join(directory, 'apps/media-worker/src/main.js');
};

const isRunning = async (processId: number): Promise<boolean> => {
  try {
    // A process that nobody waited for yet is dead all the same.
    return !/^State:\s+Z/m.test(await readFile(`/proc/${processId}/status`, 'utf8'));
  } catch {
    return false;
  }
};
const until = async (probe: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await probe())) await new Promise(done => setTimeout(done, 20));
};

describe('the media worker’s process', () => {
  let directory: string;
  let main: string;
  let server: TestRedis;
  let redis: Redis;
  const children: ChildProcess[] = [];

  const start = async (settings: Record<string, string> = {}) => {
    const child = spawn(process.execPath, [main], {
      cwd: directory,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        PATH: process.env.PATH,
        MEDIASOUP_WORKER_BIN: process.env.MEDIASOUP_WORKER_BIN,
        PARLEY_DATA_DIR: directory,
        PARLEY_REDIS_URL: server.redisUrl,
        PARLEY_MEDIA_PORT: '0',
        ...settings,
      },
    });
    children.push(child);
    const lines: Record<string, unknown>[] = [];
    const stderr: string[] = [];
    const [out, err] = [createInterface({ input: child.stdout! }), createInterface({ input: child.stderr! })];
    out.on('line', line => lines.push(JSON.parse(line) as (typeof lines)[0]));
    err.on('line', line => stderr.push(line));
    // What it said last may still be on its way when it has ended. (`close` is not told of a child that was let go.)
    const exited = Promise.all([once(child, 'exit'), once(out, 'close'), once(err, 'close')]).then(
      ([[code, signal]]) => ({ code: code as number | null, signal: signal as string | null }),
    );
    return { child, exited, lines, stderr };
  };
  const started = async (settings?: Record<string, string>) => {
    const process = await start(settings);
    const said = (msg: string) => process.lines.find(line => line.msg === msg);
    // A process that is told to stop while it is still starting ends at once, and tidies nothing up.
    await Promise.race([until(() => said('started') !== undefined), process.exited]);
    expect(said('started')).toBeDefined();
    return { ...process, subprocessId: said('media worker started')!.subprocessId as number };
  };

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'parley-media-worker-'));
    server = await startRedis();
    redis = connectRedis(server.redisUrl);
    main = await build(directory);
  });
  afterEach(async () => {
    for (const child of children.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('%s stops it cleanly, with mediasoup’s process', async signal => {
    const { child, exited, subprocessId, lines, stderr } = await started();
    expect(await new WorkerRegistry({ redis }).alive('media')).toHaveLength(1);
    child.kill(signal);
    expect(await exited).toEqual({ code: 0, signal: null });
    expect(await isRunning(subprocessId)).toBe(false);
    expect(await new WorkerRegistry({ redis }).alive('media')).toEqual([]);
    expect(lines.at(-1)).toMatchObject({ msg: 'media worker stopped', process: 'media-worker', slot: '1' });
    expect(stderr).toEqual([]);
  });

  test('it stops when the parent that spawned it is gone', async () => {
    const { child, exited, subprocessId } = await started();
    child.disconnect();
    expect(await exited).toEqual({ code: 0, signal: null });
    expect(await isRunning(subprocessId)).toBe(false);
  });

  test('killed with -9 it leaves no process of mediasoup', async () => {
    const { child, exited, subprocessId } = await started();
    child.kill('SIGKILL');
    await exited;
    await until(async () => !(await isRunning(subprocessId)));
  });

  test('it exits with 1 when mediasoup’s process dies, so that it is started anew', async () => {
    const { exited, subprocessId, lines } = await started();
    process.kill(subprocessId, 'SIGKILL');
    expect(await exited).toEqual({ code: 1, signal: null });
    expect(lines.some(line => line.level === 60)).toBe(true);
  });

  test('it stops within seconds while Redis is away', async () => {
    const { child, exited, subprocessId } = await started();
    await server.kill();
    child.kill('SIGTERM');
    const { signal } = await exited;
    expect(signal).toBeNull();
    // Stopped for want of time it does not wait for mediasoup's process, which ends by itself.
    await until(async () => !(await isRunning(subprocessId)));
    await server.start();
  });

  test('a broken setting ends it with a sentence', async () => {
    const { exited, stderr } = await start({ PARLEY_MEDIA_PORT: 'many' });
    expect(await exited).toEqual({ code: 1, signal: null });
    expect(stderr.join('\n')).toContain('PARLEY_MEDIA_PORT must be a whole number');
  });
});
