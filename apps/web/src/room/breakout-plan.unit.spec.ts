import { describe, expect, it } from '@jest/globals';
import { FIRST_DRAFT, limitOf, planOf, withRooms } from './breakout-plan.js';

describe('the form for breakout rooms', () => {
  it('keeps typed names when the number of rooms changes, and holds the number to 1 to 50', () => {
    const named = { ...FIRST_DRAFT, names: ['Red', 'Blue'] };
    expect(withRooms(named, 3).names).toEqual(['Red', 'Blue', '']);
    expect(withRooms(named, 1).names).toEqual(['Red']);
    expect([0, 51, NaN, 2.4].map(count => withRooms(named, count).names.length)).toEqual([1, 50, 1, 2]);
  });

  it('asks for rooms by name, those without one by their number', () => {
    const draft = { ...FIRST_DRAFT, names: [' Red ', ''], minutes: '10' };
    expect(planOf(draft)).toEqual({
      room_count: 2,
      rooms: [{ name: 'Red' }, { name: 'Room 2' }],
      auto_assign: true,
      allow_participants_to_choose: false,
      allow_participants_to_return: true,
      time_limit_minutes: 10,
    });
  });

  it.each([
    ['even', true, false],
    ['hand', false, false],
    ['choose', false, true],
  ] as const)('%s: the server spreads %s, participants choose %s', (assignment, spreads, choose) => {
    expect(planOf({ ...FIRST_DRAFT, assignment })).toMatchObject({
      auto_assign: spreads,
      allow_participants_to_choose: choose,
    });
  });

  it('takes whole minutes up to a day, or none', () => {
    const limits = ['', '5', '1440', '0', '1441', '2.5', 'ten'].map(minutes =>
      limitOf({ ...FIRST_DRAFT, minutes }),
    );
    expect(limits).toEqual([undefined, 5, 1440, NaN, NaN, NaN, NaN]);
  });
});
