import { expect, it } from '@jest/globals';
import { colourIndex, initials } from './initials.js';

it.each([
  ['Ada Lovelace', 'AL'],
  ['ada', 'A'],
  ['  María de la Cruz ', 'MC'],
  ['李 小龍', '李小'],
  ['(Bob) "Smith"', 'BS'],
  ['🙂', '?'],
  ['', '?'],
])('%p is drawn as %p', (name, letters) => expect(initials(name)).toBe(letters));

it('a person has the same colour everywhere, and people have different ones', () => {
  expect(colourIndex('user-1', 8)).toBe(colourIndex('user-1', 8));
  const colours = new Set(Array.from({ length: 40 }, (_, n) => colourIndex(`user-${n}`, 8)));
  expect(colours.size).toBe(8);
});
