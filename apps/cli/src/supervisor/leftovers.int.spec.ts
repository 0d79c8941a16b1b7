import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearLeftovers } from './leftovers.js';
import { identify } from './process-identity.js';
import { runRecordPath, writeRunRecord } from './run-record.js';

describe('clearLeftovers', () => {
  let dir: string;
  let child: ChildProcess | undefined;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'parley-left-'));
  });
  afterEach(() => {
    child?.kill('SIGKILL');
    rmSync(dir, { recursive: true });
  });
  const begin = (program: string): number => {
    child = spawn(process.execPath, ['-e', program], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
    return child.pid ?? 0;
  };
  const record = (processes: { pid: number; started: string; name: string }[]) =>
    writeRunRecord(dir, { supervisor: { pid: 1, started: '0' }, address: 'http://127.0.0.1:1', processes });

  it('has nothing to do after a clean stop', async () => {
    expect(await clearLeftovers(dir)).toEqual([]);
  });

  it('waits until the processes of a killed run have ended, and removes its record', async () => {
    const pid = begin('setTimeout(() => {}, 300)');
    const ended = child && once(child, 'exit');
    record([{ ...(identify(pid) ?? { pid, started: '' }), name: 'api' }]);
    expect(await clearLeftovers(dir)).toEqual([]);
    await ended;
    expect(existsSync(runRecordPath(dir))).toBe(false);
  });

  it('does not take another process of the same number for one of its own', async () => {
    const pid = begin('setInterval(() => {}, 1000)');
    record([{ pid, started: '1', name: 'api' }]);
    expect(await clearLeftovers(dir)).toEqual([]);
    expect(identify(pid)).toBeDefined();
  });
});
