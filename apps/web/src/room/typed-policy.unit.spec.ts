import { describe, expect, it } from '@jest/globals';
import { domainsOf, limitOf } from './typed-policy.js';

describe('what is typed into the security dialog', () => {
  it.each([
    ['1', 1],
    [' 50 ', 50],
    ['1000', 1000],
    ['0', undefined],
    ['1001', undefined],
    ['2.5', undefined],
    ['', undefined],
    [' ', undefined],
    ['many', undefined],
  ])('a limit is a whole number from 1 to 1000: %j', (typed, limit) => expect(limitOf(typed)).toBe(limit));

  it.each([
    ['example.com', 'example.com'],
    [' Example.COM ', 'example.com'],
    ['@example.com', 'example.com'],
    ['ada@example.com', 'example.com'],
    ['https://example.com/about', 'example.com'],
    ['mail.example.co.uk.', 'mail.example.co.uk'],
    ['bücher.example', 'xn--bcher-kva.example'],
  ])('a domain is found in %j', (typed, domain) =>
    expect(domainsOf(typed)).toEqual({ domains: [domain], wrong: [] }),
  );

  it.each([
    'localhost',
    'ada@',
    '-a.com',
    'a..com',
    '127.0.0.1',
    'a_b.com',
    'a?b.com',
    `${'a'.repeat(64)}.com`,
  ])('no domain is found in %j', typed => expect(domainsOf(typed)).toEqual({ domains: [], wrong: [typed] }));

  it('several domains may be typed at once, each counts once', () => {
    expect(domainsOf('a.com, b.com;c.com\nA.com  oops')).toEqual({
      domains: ['a.com', 'b.com', 'c.com'],
      wrong: ['oops'],
    });
    expect(domainsOf(' , ')).toEqual({ domains: [], wrong: [] });
  });
});
