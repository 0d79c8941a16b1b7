import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from './checkout.mjs';
import { withLock } from './set-up-lock.mjs';

const noWait = () => {
  throw new Error('nobody else holds this lock');
};

describe('withLock', () => {
  it('lets one at a time through', async () => {
    const name = randomUUID();
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, (inside += 1));
      await new Promise(resolve => setTimeout(resolve, 5));
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 8 }, () => withLock(name, () => {}, work)));
    expect(most).toBe(1);
  });

  it('keeps different things apart', async () => {
    await withLock(randomUUID(), noWait, () => withLock(randomUUID(), noWait, async () => {}));
  });

  it('is free again after a failure, and hands the failure on', async () => {
    const name = randomUUID();
    const failing = withLock(name, noWait, () => Promise.reject(new Error('no disk')));
    await expect(failing).rejects.toThrow('no disk');
    await withLock(name, noWait, async () => {});
  });

  it('is free again when its holder is killed with -9', async () => {
    const name = randomUUID();
    const program = `
      const { withLock } = await import(process.argv[1]);
      await withLock(process.argv[2], () => {}, () => new Promise(() => {
        console.log('held');
        setInterval(() => {}, 1000);
      }));`;
    const holder = spawn(process.execPath, [
      '--input-type=module',
      ...['-e', program, join(root, 'setup/set-up-lock.mjs'), name],
    ]);
    await once(holder.stdout, 'data');
    let waited = false;
    const taken = withLock(
      name,
      () => {
        waited = true;
        holder.kill('SIGKILL');
      },
      async () => 'taken',
    );
    expect(await taken).toBe('taken');
    expect(waited).toBe(true);
  });
});
