import { expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { ulid } from 'ulid';
import { FreshIds } from './fresh-ids.js';

const NOW = Date.parse('2026-11-22T10:00:00Z');

test('a ULID of the last seconds is new once, and never again', () => {
  let now = NOW;
  const fresh = new FreshIds(() => now);
  const ids = [ulid(now), ulid(now - 9_000)];
  expect(fresh.take(ids)).toBe(true);
  for (const later of [0, 5_000, 5_001, 9_999, 10_001, 30_000]) {
    now = NOW + later;
    for (const id of ids) expect(fresh.take([id])).toBe(false);
    expect(fresh.take([ulid(now)])).toBe(true);
  }
});

test('ids are new only all together', () => {
  const fresh = new FreshIds(() => NOW);
  const known = ulid(NOW);
  fresh.take([known]);
  expect(fresh.take([ulid(NOW), known])).toBe(false);
});

test('an older ULID, one of the future as keys lead to, and any other id may stand somewhere', () => {
  const fresh = new FreshIds(() => NOW);
  const keyed = `7${ulid(NOW).slice(1)}`;
  const nextYear = ulid(NOW + 365 * 86_400_000);
  for (const id of [ulid(NOW - 10_001), keyed, nextYear, randomUUID(), 'some-id', ulid(NOW).toLowerCase()]) {
    expect(fresh.take([id])).toBe(false);
  }
});
