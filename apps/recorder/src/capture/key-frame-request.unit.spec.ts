import { describe, expect, test } from '@jest/globals';
import { KeyFrameRequest } from './key-frame-request.js';

describe('key frame requests', () => {
  const asked: number[] = [];
  let now = 0;
  const request = new KeyFrameRequest(() => asked.push(now));

  test('one that is needed is asked for at once, and again each second until it comes', () => {
    for (now = 0; now <= 2500; now += 100) request.needed(now);
    expect(asked.splice(0)).toEqual([0, 1000, 2000]);
    request.got(2600);
  });

  test('without need they are asked for every ten seconds', () => {
    for (now = 2600; now <= 23_000; now += 100) request.regular(now);
    expect(asked.splice(0)).toEqual([12_600, 22_600]);
  });
});
