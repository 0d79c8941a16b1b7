import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { identify, lives } from './process-identity.js';

describe('a process’s identity', () => {
  it('is that of a living process, however it is called', () => {
    const self = identify(process.pid);
    expect(self?.started).toMatch(/^\d+$/);
    expect(self && lives(self)).toBe(true);
  });

  it('is not that of another process that got the same number', () => {
    expect(lives({ pid: process.pid, started: '1' })).toBe(false);
  });

  it('ends with the process, even before its parent has taken note', async () => {
    // A shell that starts a process, says its number, and never asks for its end.
    const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60']);
    const [said] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(said.toString());
    const identity = identify(pid);
    expect(identity).toBeDefined();
    process.kill(pid, 'SIGKILL');
    while (identity && lives(identity)) await new Promise(resolve => setTimeout(resolve, 10));
    parent.kill('SIGKILL');
    await once(parent, 'exit');
  });
});
