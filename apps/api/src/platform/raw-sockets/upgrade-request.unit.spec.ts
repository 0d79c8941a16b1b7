import { describe, expect, it } from '@jest/globals';
import { bearerToken } from './bearer-token.js';
import { isOwnOrigin } from './own-origin.js';

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

describe('a page that asks for a socket', () => {
  it.each<[string | undefined, boolean]>([
    [undefined, true],
    ['https://meet.example.org', true],
    ['http://127.0.0.1:8080', true],
    ['http://meet.example.org', false],
    ['https://meet.example.org.evil.com', false],
    ['https://evil.com', false],
    ['http://127.0.0.1:8081', false],
    ['null', false],
    ['', false],
  ])('of the origin %j is let in: %j', (origin, own) => {
    const headers = { host: '127.0.0.1:8080', ...(origin !== undefined && { origin }) };
    expect(isOwnOrigin(headers, 'https://meet.example.org/app')).toBe(own);
  });
});
