import { describe, expect, it } from '@jest/globals';
import { CommandError, run } from './run-command.mjs';

describe('run', () => {
  it('answers what the command printed, out and err', async () => {
    const output = await run('sh', ['-c', 'echo out; echo err >&2']);
    expect(output.split('\n').toSorted()).toEqual(['err', 'out']);
  });

  it('hands on each line as it comes', async () => {
    /** @type {string[]} */
    const lines = [];
    await run('sh', ['-c', 'echo one; echo two'], { onLine: line => lines.push(line) });
    expect(lines).toEqual(['one', 'two']);
  });

  it('says how a command failed, and what it said last', async () => {
    const failing = run('sh', ['-c', 'echo no space left; exit 4']);
    await expect(failing).rejects.toThrow(CommandError);
    await expect(failing).rejects.toThrow(/ended with exit code 4\.\nno space left$/);
  });

  it('says when there is no such command', async () => {
    await expect(run('/nonexistent/program', [])).rejects.toThrow(/could not be started/);
  });

  it('kills what takes too long, with all it started', async () => {
    const failing = run('sh', ['-c', 'sleep 60 & sleep 60'], { timeoutMs: 100 });
    await expect(failing).rejects.toThrow(/took longer than 0.1 s/);
  });
});
