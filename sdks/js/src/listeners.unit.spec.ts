import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { Listeners } from './listeners.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

it('tells each listener of its type alone, until it is taken away', () => {
  const listeners = new Listeners<{ one: number; two: string }>();
  const heard: unknown[] = [];
  const off = listeners.add('one', event => heard.push(event));
  listeners.add('two', event => heard.push(event));
  listeners.tell('one', 1);
  listeners.tell('two', 'x');
  off();
  listeners.tell('one', 2);
  expect(heard).toEqual([1, 'x']);
});

it('is empty when the last listener is gone', () => {
  const listeners = new Listeners<{ one: number }>();
  const listener = (): void => {};
  expect(listeners.isEmpty).toBe(true);
  listeners.add('one', listener);
  expect(listeners.isEmpty).toBe(false);
  listeners.remove('one', listener);
  expect(listeners.isEmpty).toBe(true);
});

it('what one listener throws keeps nothing from the others, and is not swallowed', () => {
  const listeners = new Listeners<{ one: number }>();
  const heard: number[] = [];
  listeners.add('one', () => {
    throw new Error('mine');
  });
  listeners.add('one', event => heard.push(event));
  listeners.tell('one', 1);
  expect(heard).toEqual([1]);
  expect(() => jest.runAllTimers()).toThrow('mine');
});
