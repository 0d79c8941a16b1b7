import { describe, expect, it } from '@jest/globals';
import { createSpans } from './spans.js';

const spansOf = (...changes: readonly (readonly [so: boolean, time: number])[]) => {
  const spans = createSpans();
  for (const [so, time] of changes) spans.set(so, time);
  return spans;
};

describe('spans', () => {
  it('are none where it never was so', () => expect(spansOf([false, 1]).within(0, 10)).toEqual([]));
  it('last from the change to the change back', () =>
    expect(spansOf([true, 1], [false, 3], [true, 5], [false, 6]).within(0, 10)).toEqual([
      [1, 3],
      [5, 6],
    ]));
  it('last to the end while it is so', () => expect(spansOf([true, 4]).within(0, 10)).toEqual([[4, 10]]));
  it('are cut at both ends, and left out where nothing is left', () =>
    expect(spansOf([true, 1], [false, 3], [true, 5], [false, 8], [true, 9]).within(2, 7)).toEqual([
      [2, 3],
      [5, 7],
    ]));
  it('do not change when the same is told again', () =>
    expect(spansOf([true, 1], [true, 2], [false, 3], [false, 4]).within(0, 10)).toEqual([[1, 3]]));
  it('join where one ends and the next begins', () =>
    expect(spansOf([true, 1], [false, 3], [true, 3], [false, 5]).within(0, 10)).toEqual([[1, 5]]));
  it('stay in order when a clock steps back', () => {
    expect(spansOf([true, 5], [false, 4], [true, 8]).within(0, 10)).toEqual([[8, 10]]);
    expect(spansOf([true, 1], [false, 5], [true, 4], [false, 7]).within(0, 10)).toEqual([[1, 7]]);
  });
});
