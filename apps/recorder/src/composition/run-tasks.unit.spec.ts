import { describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { runTasks } from './run-tasks.js';

describe('runTasks', () => {
  test('runs all, no more than so many at a time', async () => {
    let [running, most, done] = [0, 0, 0];
    const task = async (): Promise<void> => {
      most = Math.max(most, ++running);
      await sleep(1);
      running--;
      done++;
    };
    await runTasks(Array.from({ length: 9 }, () => task), 3); // prettier-ignore
    expect([most, done]).toEqual([3, 9]);
  });

  test('when one fails the others are aborted, nothing more is begun, and its error is thrown', async () => {
    const events: string[] = [];
    const waits = async (signal: AbortSignal): Promise<void> => {
      await sleep(10_000, undefined, { signal }).catch(() => events.push('aborted'));
    };
    const fails = async (): Promise<void> => {
      throw new Error('broken');
    };
    const never = async (): Promise<void> => void events.push('begun');
    await expect(runTasks([waits, fails, never], 2)).rejects.toThrow('broken');
    expect(events).toEqual(['aborted']);
  });

  test('is aborted from outside', async () => {
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    await expect(runTasks([async () => undefined], 1, stop.signal)).rejects.toThrow('stopped');
  });
});
