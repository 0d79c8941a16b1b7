import { describe, expect, it } from '@jest/globals';
import { pathIsSigned, signPath } from './signed-url.js';

const SECRET = 'secret';
const PATH = '/recordings/a/recording.mp4';
const queryOf = (signed: string) => Object.fromEntries(new URL(signed, 'http://x').searchParams);

describe('signed addresses', () => {
  it('open until they expire, and not a second longer', () => {
    const query = queryOf(signPath(SECRET, PATH, 1000));
    expect([999, 1000, 1000.5, 1001].map(now => pathIsSigned(SECRET, PATH, query, now))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('do not open another path, with another secret, or for longer', () => {
    const query = queryOf(signPath(SECRET, PATH, 1000));
    expect(pathIsSigned(SECRET, '/recordings/b/recording.mp4', query, 0)).toBe(false);
    expect(pathIsSigned('other', PATH, query, 0)).toBe(false);
    expect(pathIsSigned(SECRET, PATH, { ...query, expires: '2000' }, 0)).toBe(false);
  });

  it.each([
    {},
    { expires: '1000' },
    { signature: 'x' },
    { expires: 'x', signature: 'x' },
    { expires: '1e400', signature: 'x' },
    { expires: ['1000'], signature: ['x'] },
  ])('%j is no signature', query => {
    expect(pathIsSigned(SECRET, PATH, query, 0)).toBe(false);
  });
});
