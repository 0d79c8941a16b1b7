import { describe, expect, it } from '@jest/globals';
import { upcast, upcasting, versionOf } from './upcast.js';

const local = upcasting({
  Greeted: [
    ({ who }: { who: string }) => ({ name: who }),
    ({ name }: { name: string }) => ({ names: [name] }),
  ],
});
const greeted = (version: number, data: unknown) => ({ id: 'e1', type: 'Greeted', version, data });

describe('upcasting', () => {
  it('brings an event through every later version to that of today', () =>
    expect(local.upcast(greeted(1, { who: 'Ada' }))).toEqual(greeted(3, { names: ['Ada'] })));
  it('begins at the version in which the event was written', () =>
    expect(local.upcast(greeted(2, { name: 'Ada' }))).toEqual(greeted(3, { names: ['Ada'] })));
  it('does not change the event that was read', () => {
    const old = Object.freeze(greeted(1, Object.freeze({ who: 'Ada' })));
    local.upcast(old);
    expect(old).toEqual(greeted(1, { who: 'Ada' }));
  });
  it('gives an event of today, or of a later day, back itself', () => {
    for (const event of [greeted(3, { names: [] }), greeted(4, { people: [] })])
      expect(local.upcast(event)).toBe(event);
  });
  it.each(['Parted', 'constructor', '__proto__'])(
    'gives an event of a type that never changed back itself: %s',
    type => {
      const event = { type, version: 1, data: {} };
      expect(local.upcast(event)).toBe(event);
      expect(upcast(event)).toBe(event);
    },
  );
  it('tells in which version events are written', () => {
    expect([local.versionOf('Greeted'), local.versionOf('Parted')]).toEqual([3, 1]);
    expect(versionOf('MeetingCreated')).toBe(2);
    expect(versionOf('MeetingStarted')).toBe(1);
  });
});
