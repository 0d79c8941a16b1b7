import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** The built lib, since the processes tried here run without Jest: build before (npm test does). */
const BUILT = new URL('../../../dist/libs/service/src/run-service.js', import.meta.url).href;

const service = (start: string): string => `
  const { runService } = await import(${JSON.stringify(BUILT)});
  await runService('trial', async (config, logger) => { ${start} });`;

const STARTED = `logger.info('up'); setInterval(() => {}, 1000); return { close: async () => {} };`;
const FOR_EVER_STARTING = `logger.info('up'); setInterval(() => {}, 1000); await new Promise(() => {});`;

/** Runs a program as a supervisor does, says the process's number once that has logged, and is killed then. */
const SUPERVISOR = `
  const { spawn } = require('node:child_process');
  const args = ['--input-type=module', '-e', process.argv[1]];
  const child = spawn(process.execPath, args, { detached: true, stdio: ['ignore', 'pipe', 'ignore', 'ipc'] });
  child.stdout.once('data', () => {
    require('node:fs').writeSync(1, String(child.pid));
    process.kill(process.pid, 'SIGKILL');
  });`;

const lives = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
};

describe('runService', () => {
  const begun: ChildProcess[] = [];
  afterEach(() => {
    for (const child of begun.splice(0)) child.kill('SIGKILL');
  });
  const begin = (args: readonly string[], ipc: boolean): ChildProcess => {
    const env = { ...process.env, NODE_OPTIONS: '' };
    const child = spawn(process.execPath, args, {
      env,
      stdio: ['ignore', 'pipe', 'pipe', ...(ipc ? ['ipc' as const] : [])],
    });
    begun.push(child);
    return child;
  };

  it.each([
    ['has started', STARTED],
    ['is still starting', FOR_EVER_STARTING],
  ])(
    'ends when its supervisor is killed with -9 while it %s',
    async (_when, start) => {
      const supervisor = begin(['-e', SUPERVISOR, service(start)], false);
      let said = '';
      supervisor.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
      await once(supervisor, 'close');
      const pid = Number(said);
      expect(pid).toBeGreaterThan(0);
      const deadline = Date.now() + 60_000;
      while (lives(pid) && Date.now() < deadline) await sleep(20);
      const stuck = lives(pid);
      if (stuck) process.kill(pid, 'SIGKILL');
      expect(stuck).toBe(false);
    },
    120_000,
  );

  it.each([
    ['SIGTERM', (child: ChildProcess) => child.kill('SIGTERM')],
    ['the end of its channel', (child: ChildProcess) => child.disconnect()],
  ])(
    'closes and ends with 0 upon %s',
    async (_what, tell) => {
      const child = begin(['--input-type=module', '-e', service(STARTED)], true);
      const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer];
      expect(line.toString()).toContain('"msg":"up"');
      tell(child);
      const [code] = (await once(child, 'exit')) as [number];
      expect(code).toBe(0);
    },
    120_000,
  );

  it('ends with 1 and one sentence over a broken setting', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', service(STARTED)], {
      env: { ...process.env, NODE_OPTIONS: '', PARLEY_GUESTS: 'perhaps' },
    });
    begun.push(child);
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number];
    expect([code, said]).toEqual([
      1,
      'PARLEY_GUESTS must be one of on, off (it is "perhaps"). Correct or unset it.\n',
    ]);
  }, 120_000);
});
