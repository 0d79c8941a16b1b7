import { describe, expect, it } from '@jest/globals';
import { readTokenClaims } from './token-claims.js';

const token = (claims: object) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;

describe('the claims of a token', () => {
  it('are read, whatever the letters of the name', () => {
    expect(readTokenClaims(token({ sub: 'u1', name: 'Édith ÿ 🙂', exp: 12, roles: ['admin'] }))).toEqual({
      sub: 'u1',
      name: 'Édith ÿ 🙂',
      exp: 12,
    });
  });

  it('of the wrong type are left out', () => {
    expect(readTokenClaims(token({ sub: 1, name: null, exp: '12' }))).toEqual({});
  });

  it.each(['', 'abc', 'a.b.c', 'a.%%%.c', `h.${Buffer.from('[').toString('base64url')}.s`])(
    'are none in %p',
    text => expect(readTokenClaims(text)).toBeUndefined(),
  );
});
