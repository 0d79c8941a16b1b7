import { describe, expect, test } from '@jest/globals';
import { InOrder } from './in-order.js';

describe('tasks in order', () => {
  test('tasks of one key run one after another, also after one that failed', async () => {
    const inOrder = new InOrder();
    const ran: string[] = [];
    let release = (): void => undefined;
    const gate = new Promise<void>(resolve => (release = resolve));
    const first = inOrder.run('a', async () => {
      await gate;
      ran.push('first');
      throw new Error('refused');
    });
    const second = inOrder.run('a', async () => ran.push('second'));
    const other = inOrder.run('b', async () => ran.push('other'));
    await other;
    release();
    await expect(first).rejects.toThrow('refused');
    await second;
    expect(ran).toEqual(['other', 'first', 'second']);
  });

  test('nothing is kept of a key whose tasks are done', async () => {
    const inOrder = new InOrder();
    await inOrder.run('a', async () => undefined);
    await expect(inOrder.run('b', () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    await new Promise(resolve => setImmediate(resolve));
    expect(inOrder.size).toBe(0);
  });
});
