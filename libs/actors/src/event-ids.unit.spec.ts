import { expect, it } from '@jest/globals';
import { decodeTime } from 'ulid';
import { monotonicIds } from './event-ids.js';

it('are ULIDs of now that rise, and differ between makers', () => {
  const before = Date.now();
  const [newId, otherId] = [monotonicIds(), monotonicIds()];
  const ids = Array.from({ length: 20_000 }, newId);
  for (const id of ids) expect(id).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
  expect(ids).toEqual(ids.toSorted());
  expect(new Set([...ids, ...Array.from({ length: 20_000 }, otherId)]).size).toBe(40_000);
  expect(decodeTime(ids[0]!)).toBeGreaterThanOrEqual(before);
  expect(decodeTime(ids.at(-1)!)).toBeLessThanOrEqual(Date.now());
});
