import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { endLeftBehind, leftBehind, mark } from './left-behind.mjs';

const FOREVER = 'console.log(process.pid); setInterval(() => {}, 1000)';
/** Starts a process of its own session, and leaves. */
const LEAVER = `
  const { spawn } = require('node:child_process');
  spawn(process.execPath, ['-e', ${JSON.stringify(FOREVER)}], { detached: true, stdio: ['ignore', 'inherit', 'ignore'] }).unref();`;

describe('leftBehind', () => {
  /** Of each test its own: what the one before left is killed, but may not have ended yet. @type {string} */
  let run;
  beforeEach(() => {
    run = randomUUID();
  });
  afterEach(() => endLeftBehind(run));

  it('finds a process that outlived the one that started it, and nobody else’s', async () => {
    const leaver = spawn(process.execPath, ['-e', LEAVER], { env: { ...process.env, ...mark(run) } });
    const [pid] = await once(leaver.stdout, 'data');
    if (leaver.exitCode === null) await once(leaver, 'exit');
    expect(leftBehind(run).map(left => left.pid)).toEqual([Number(pid)]);
    expect(leftBehind(randomUUID())).toEqual([]);
  });

  it('finds nothing once those are ended', async () => {
    const child = spawn(process.execPath, ['-e', FOREVER], { env: { ...process.env, ...mark(run) } });
    await once(child.stdout, 'data');
    expect(leftBehind(run)).toHaveLength(1);
    const ended = once(child, 'exit');
    endLeftBehind(run);
    await ended;
    expect(leftBehind(run)).toEqual([]);
  });
});
