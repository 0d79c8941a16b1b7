import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lives } from '../supervisor/process-identity.js';
import { readRunRecord } from '../supervisor/run-record.js';

/** The built program, as `npm start` runs it: build before (npm test does). */
const MAIN = new URL('../../../../dist/apps/cli/src/main.js', import.meta.url).pathname;

const PATIENCE_MS = 50_000;
jest.setTimeout(180_000);

describe('parley up', () => {
  let dataDir: string;
  const begun: ChildProcess[] = [];
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'parley-up-'));
  });
  afterEach(async () => {
    for (const child of begun.splice(0)) {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
    }
    rmSync(dataDir, { recursive: true });
  });

  const lastLogged = (): string => {
    const path = join(dataDir, 'logs/api.log');
    return existsSync(path) ? readFileSync(path, 'utf8').slice(-2000) : '';
  };
  /** Polls, and gives up in time for the test to say what it waited for. */
  const until = async (
    condition: () => boolean | Promise<boolean>,
    otherwise: () => string,
  ): Promise<void> => {
    const deadline = Date.now() + PATIENCE_MS;
    while (!(await condition())) {
      if (Date.now() > deadline) throw new Error(otherwise());
      await sleep(20);
    }
  };
  const up = (settings: NodeJS.ProcessEnv = {}) => {
    const env = { ...process.env, PORT: '0', PARLEY_MEDIA_PORT: '0', PARLEY_DATA_DIR: dataDir, ...settings };
    const child = spawn(process.execPath, [MAIN, 'up'], { env: { ...env, NODE_OPTIONS: '' } });
    begun.push(child);
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    const closed = once(child, 'close').then(([code]) => code as number | null);
    const saying = (text: string): Promise<void> =>
      until(
        () => {
          if (child.exitCode !== null) throw new Error(`It ended before it said "${text}": ${out}${err}`);
          return out.includes(text);
        },
        () => `"${text}" was not said, but: ${out}${err}${lastLogged()}`,
      );
    return { child, closed, saying, out: () => out, err: () => err };
  };
  const parley = async (...args: string[]) => {
    const env = { ...process.env, PARLEY_DATA_DIR: dataDir, NODE_OPTIONS: '' };
    const child = spawn(process.execPath, [MAIN, ...args], { env });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number];
    return { code, said };
  };
  const processes = () => readRunRecord(dataDir)?.processes ?? [];
  const allGone = (some: ReturnType<typeof processes>): Promise<void> =>
    until(
      () => !some.some(lives),
      () => `${JSON.stringify(some.filter(lives))} live on`,
    );
  const health = async (): Promise<number> =>
    (await fetch(`${readRunRecord(dataDir)?.address}/health`)).status;

  it('says that Parley is ready once all is, where it is, and how to stop it; and leaves nothing when stopped', async () => {
    const { child, closed, saying, out } = up();
    await saying('Parley is ready');
    expect(await health()).toBe(200);
    const { address } = readRunRecord(dataDir) ?? {};
    await saying('Ctrl-C');
    for (const shown of [`${address}/m/lobby`, dataDir, 'token --sub']) expect(out()).toContain(shown);
    const running = processes();
    expect(running.map(({ name }) => name)).toEqual(['redis', 'api', 'media-worker-1', 'recorder-1']);
    expect(readdirSync(join(dataDir, 'logs')).toSorted()).toEqual([
      'api.log',
      'media-worker-1.log',
      'recorder-1.log',
      'redis.log',
    ]);

    const second = up();
    expect(await second.closed).toBe(1);
    expect(second.err()).toMatch(/^Another "parley up" runs on the data directory .*\n$/);
    expect(await health()).toBe(200);

    // Twice, as the terminal and npm deliver one Ctrl-C.
    child.kill('SIGINT');
    child.kill('SIGINT');
    expect(await closed).toBe(0);
    expect(running.filter(lives)).toEqual([]);
    expect(readRunRecord(dataDir)).toBeUndefined();
  });

  it('serves the other commands: doctor finds it well, rebuild makes its read models anew', async () => {
    const { saying } = up();
    await saying('Parley is ready');
    const { address } = readRunRecord(dataDir) ?? {};
    const doctor = await parley('doctor');
    expect(doctor.said).toContain(`Parley runs at ${address}`);
    expect(doctor).toMatchObject({ code: 0, said: expect.not.stringContaining('✗') });
    expect(await parley('rebuild')).toMatchObject({ code: 0, said: expect.stringContaining('Rebuilt in') });
  });

  it('is missed by a command that needs it, in a sentence', async () => {
    expect(await parley('rebuild')).toEqual({
      code: 1,
      said: `No Parley runs on ${dataDir}. Start it with npm start.\n`,
    });
  });

  it('starts a part that was killed again', async () => {
    const { saying } = up();
    await saying('Parley is ready');
    const api = processes().find(({ name }) => name === 'api');
    process.kill(api?.pid ?? 0, 'SIGKILL');
    await saying('api ended unexpectedly (SIGKILL); it is started again at once.');
    await until(
      async () => (await health().catch(() => 0)) === 200,
      () => `it is not healthy again: ${lastLogged()}`,
    );
    expect(processes().find(({ name }) => name === 'api')?.pid).not.toBe(api?.pid);
  });

  it('leaves nothing behind when it is killed with -9, and starts again on the same data', async () => {
    const first = up();
    await first.saying('Parley is ready');
    const running = processes();
    first.child.kill('SIGKILL');
    await first.closed;
    const again = up();
    await again.saying('Parley is ready');
    expect(running.filter(lives)).toEqual([]);
    again.child.kill('SIGKILL');
    await again.closed;
    await allGone(processes());
  });

  it('stops while it starts', async () => {
    const { child, closed } = up();
    await until(
      () => processes().length >= 2,
      () => 'nothing was started',
    );
    const running = processes();
    child.kill('SIGTERM');
    expect(await closed).toBe(0);
    expect(running.filter(lives)).toEqual([]);
  });

  it.each([
    [
      { PARLEY_GUESTS: 'perhaps' },
      'PARLEY_GUESTS must be one of on, off (it is "perhaps"). Correct or unset it.\n',
    ],
    [
      { PARLEY_GUEST: 'on' },
      'PARLEY_GUEST is not a setting of Parley; .env.example lists all of them. Correct or unset it.\n',
    ],
  ])('ends with one sentence over a broken setting: %j', async (settings, sentence) => {
    const { closed, err, out } = up(settings);
    expect(await closed).toBe(1);
    expect([out(), err()]).toEqual(['', sentence]);
  });

  it('ends with one sentence when its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { closed, err } = up({ PORT: String(port) });
    const code = await closed;
    other.close();
    expect(code).toBe(1);
    expect(err()).toBe(
      `Port ${port} on 127.0.0.1 is in use by another program. Free it, or set PORT (or PARLEY_HOST).\n`,
    );
  });
});
