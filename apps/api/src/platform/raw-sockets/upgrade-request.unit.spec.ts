import { describe, expect, it } from '@jest/globals';
import { bearerToken } from './bearer-token.js';

describe('the token of a request for a socket', () => {
  it.each<[string | undefined, string, string | undefined]>([
    ['Bearer abc', '', 'abc'],
    ['bearer abc', '', 'abc'],
    [undefined, 'access_token=abc', 'abc'],
    ['Bearer abc', 'access_token=other', 'abc'],
    ['Basic abc', 'access_token=other', undefined],
    ['Bearer', '', undefined],
    [undefined, 'token=abc', 'abc'],
    [undefined, 'access_token=abc&token=other', 'abc'],
    ['Basic abc', 'token=other', undefined],
    [undefined, 'tokens=abc', undefined],
    [undefined, '', undefined],
  ])('in the header %j and the query %j is %j', (authorization, query, token) => {
    const headers = authorization === undefined ? {} : { authorization };
    expect(bearerToken(headers, new URLSearchParams(query))).toBe(token);
  });
});
