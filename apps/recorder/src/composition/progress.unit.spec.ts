import { expect, test } from '@jest/globals';
import { Progress } from './progress.js';

test('progress is told every five per cent or two seconds, only upwards, never as finished', () => {
  let now = 0;
  const told: [number, number][] = [];
  const progress = new Progress(
    percent => told.push([now, percent]),
    () => now,
  );
  const large = progress.part(90);
  const small = progress.part(10);
  for (now = 10_000; now < 11_000; now += 100) large((now - 10_000) / 10_000);
  now = 13_000;
  large(0.1);
  large(0.05);
  small(1);
  large(1);
  expect(told).toEqual([
    [10_000, 0],
    [10_600, 5],
    [13_000, 9],
    [13_000, 19],
  ]);
});
