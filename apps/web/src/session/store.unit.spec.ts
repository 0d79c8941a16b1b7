import { expect, it } from '@jest/globals';
import { Store } from './store.js';

it('a store tells each change once, nothing for the same value, and nobody who left', () => {
  const store = new Store(1);
  const seen: number[] = [];
  const leave = store.subscribe(() => seen.push(store.get()));
  store.set(2);
  store.set(2);
  store.update(value => value + 1);
  leave();
  store.set(4);
  expect(seen).toEqual([2, 3]);
  expect(store.get()).toBe(4);
});
