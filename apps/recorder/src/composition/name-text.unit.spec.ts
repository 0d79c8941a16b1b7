import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nameFile, shownName } from './name-text.js';

describe('shownName', () => {
  test('leaves letters of all scripts and signs as they are', () => {
    for (const name of ["O'Neil: 50% {x}", 'Łukasz 李 🙂', '"a";[b],\\n%{pts}'])
      expect(shownName(name)).toBe(name);
  });

  test('is one line without characters that steer', () => {
    expect(shownName('a\nb\tc\u202ed\u0000')).toBe('a b c d');
  });

  test('shortens very long names between letters, not within', () => {
    const flag = '🇫🇷';
    expect(shownName(flag.repeat(60))).toBe(`${flag.repeat(47)}…`);
  });

  test('the file of a name is named by letters and digits alone', () => {
    fc.assert(fc.property(fc.string(), name => /^name-[0-9a-f]{16}\.txt$/.test(nameFile(name))));
  });
});
