import { afterEach, describe, expect, it } from '@jest/globals';
import { ManagedProcess, type ProcessListener } from './managed-process.js';
import { identify, lives } from './process-identity.js';

/** Runs a program of one line with Node, and keeps what its supervisor hears. */
const begin = (program: string, { stopDeadlineMs = 60_000, ipc = true } = {}) => {
  const lines: string[] = [];
  const crashes: { how: string; delayMs: number }[] = [];
  let starts = 0;
  const waiting: (() => void)[] = [];
  const heard = (): void => {
    for (const wake of waiting.splice(0)) wake();
  };
  const listener: ProcessListener = {
    onLine: (_name, line) => {
      lines.push(line);
      heard();
    },
    onStart: () => {
      starts += 1;
      heard();
    },
    onCrash: (_name, how, delayMs) => {
      crashes.push({ how, delayMs });
      heard();
    },
  };
  const plan = { name: 'trial', command: process.execPath, args: ['-e', program], env: process.env, ipc };
  const managed = new ManagedProcess(plan, listener, stopDeadlineMs);
  managed.start();
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise<void>(resolve => waiting.push(resolve));
  };
  return { managed, lines, crashes, until, starts: () => starts };
};

const gone = async (pid: number): Promise<void> => {
  const identity = identify(pid);
  while (identity && lives(identity)) await new Promise(resolve => setTimeout(resolve, 10));
};

const FOREVER = 'setInterval(() => {}, 1000);';

describe('ManagedProcess', () => {
  const begun: ManagedProcess[] = [];
  const start = (...args: Parameters<typeof begin>) => {
    const trial = begin(...args);
    begun.push(trial.managed);
    return trial;
  };
  afterEach(async () => {
    for (const managed of begun.splice(0)) {
      managed.kill();
      await managed.stop();
    }
  });

  it('hands on every line, of standard output and of standard error', async () => {
    const { lines, until } = start(`console.log('out'); console.error('err'); ${FOREVER}`);
    await until(() => lines.length === 2);
    expect(lines.toSorted()).toEqual(['err', 'out']);
  });

  it('starts a process that ends again, at once the first time and then with growing delays', async () => {
    const { crashes, until, starts } = start('process.exit(3)');
    await until(() => starts() === 3);
    await until(() => crashes.length === 3);
    expect(crashes).toEqual([0, 200, 400].map(delayMs => ({ how: 'exit code 3', delayMs })));
  });

  it('names the signal that killed a process', async () => {
    const { managed, crashes, until, lines } = start(`console.log('up'); ${FOREVER}`);
    await until(() => lines.length === 1);
    process.kill(managed.identity?.pid ?? 0, 'SIGKILL');
    await until(() => crashes.length === 1);
    expect(crashes[0]).toEqual({ how: 'SIGKILL', delayMs: 0 });
  });

  it('tries again when the program cannot be started at all', async () => {
    const crashes: string[] = [];
    const managed = new ManagedProcess(
      { name: 'trial', command: '/nonexistent/program', args: [], env: {}, ipc: false },
      { onLine: () => undefined, onStart: () => undefined, onCrash: (_name, how) => crashes.push(how) },
    );
    begun.push(managed);
    managed.start();
    while (crashes.length < 2) await new Promise(resolve => setTimeout(resolve, 10));
    expect(crashes[0]).toContain('ENOENT');
  });

  it('asks with SIGTERM when stopped, waits for the end, and does not start the process again', async () => {
    const { managed, lines, until, starts, crashes } = start(
      `process.on('SIGTERM', () => { console.log('bye'); process.exit(0); }); console.log('up'); ${FOREVER}`,
    );
    await until(() => lines.length === 1);
    const identity = managed.identity;
    await managed.stop();
    expect(identity && lives(identity)).toBe(false);
    await until(() => lines.length === 2);
    expect(lines).toEqual(['up', 'bye']);
    expect([starts(), crashes.length]).toEqual([1, 0]);
  });

  it('kills a process that does not end by the deadline', async () => {
    const { managed, lines, until } = start(
      `process.on('SIGTERM', () => {}); console.log('up'); ${FOREVER}`,
      {
        stopDeadlineMs: 100,
      },
    );
    await until(() => lines.length === 1);
    const identity = managed.identity;
    await managed.stop();
    expect(identity && lives(identity)).toBe(false);
  });

  it('leaves nothing of what a process started, however that ended', async () => {
    const { managed, lines, until } = start(
      `const { spawn } = require('node:child_process');
       const inner = spawn(process.execPath, ['-e', ${JSON.stringify(FOREVER)}]);
       console.log(inner.pid); ${FOREVER}`,
    );
    await until(() => lines.length === 1);
    const inner = Number(lines[0]);
    expect(identify(inner)).toBeDefined();
    process.kill(managed.identity?.pid ?? 0, 'SIGKILL');
    await gone(inner);
    expect(identify(inner)).toBeUndefined();
  });

  it.each([
    [true, 'object'],
    [false, 'undefined'],
  ])('gives a process an IPC channel if its plan says so (%s)', async (ipc, expected) => {
    const { lines, until } = start(`console.log(typeof process.channel); ${FOREVER}`, { ipc });
    await until(() => lines.length === 1);
    expect(lines).toEqual([expected]);
  });
});
