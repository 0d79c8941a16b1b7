import { describe, expect, it } from '@jest/globals';
import { hashPassword, passwordMatches } from './password-hash.js';

describe('password hashes', () => {
  it('fit their password and no other', async () => {
    const stored = await hashPassword('open sesame');
    expect(await passwordMatches('open sesame', stored)).toBe(true);
    for (const other of ['', 'open sesame ', 'Open sesame', 'x'.repeat(128)]) {
      expect(await passwordMatches(other, stored)).toBe(false);
    }
  });

  it('are salted: the same password is never stored the same', async () => {
    const [one, other] = [await hashPassword('pw'), await hashPassword('pw')];
    expect(one).toMatch(/^scrypt\$[\w-]{22}\$[\w-]{43}$/);
    expect(one).not.toBe(other);
  });

  it.each(['', 'scrypt', 'scrypt$$', 'plain$c2FsdA$cHc'])(
    'nothing fits %j, which is no hash',
    async stored => {
      expect(await passwordMatches('', stored)).toBe(false);
      expect(await passwordMatches('pw', stored)).toBe(false);
    },
  );
});
