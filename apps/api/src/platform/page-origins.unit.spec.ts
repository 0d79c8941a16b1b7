import { describe, expect, it } from '@jest/globals';
import { LoggedLines } from '../testing/logged-lines.js';
import { PageOrigins } from './page-origins.js';

describe('a page that asks for something', () => {
  const origins = (allowed: readonly string[], log = new LoggedLines()) => {
    const pages = new PageOrigins({ publicUrl: 'https://meet.example.org/app', allowed, logger: log.logger });
    const admits = (origin: string | undefined): boolean =>
      pages.admits({ host: '127.0.0.1:8080', ...(origin !== undefined && { origin }) });
    return { admits, log };
  };

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
  ])('of the origin %j is let in where no site is named: %j', (origin, isIn) => {
    expect(origins([]).admits(origin)).toBe(isIn);
  });

  it.each<[string, boolean]>([
    ['https://app.example.org', true],
    ['https://meet.example.org', true],
    ['http://app.example.org', false],
    ['https://app.example.org:8443', false],
    ['https://other.app.example.org', false],
    ['https://app.example.org.evil.com', false],
    ['https://app.example.org/', false],
    ['null', false],
  ])('of the origin %j is let in where https://app.example.org is named: %j', (origin, isIn) => {
    expect(origins(['https://app.example.org']).admits(origin)).toBe(isIn);
  });

  it('is told of in the log, once for each site, of not more than twenty, and none at length', () => {
    const { admits, log } = origins(['https://app.example.org']);
    for (let turn = 0; turn < 3; turn += 1) {
      for (const origin of [undefined, 'https://app.example.org', 'https://meet.example.org']) admits(origin);
      admits('https://one.example.com');
    }
    expect(log.lines).toEqual([
      expect.objectContaining({
        level: 40,
        origin: 'https://one.example.com',
        msg: expect.stringMatching(/^pages of https:\/\/one\.example\.com are .*PARLEY_ALLOWED_ORIGINS/),
      }),
    ]);
    admits('\u009b31m');
    expect(log.lines.at(-1)).toMatchObject({ origin: 'null' });
    for (let number = 0; number < 100; number += 1) admits(`https://${number}${'x'.repeat(9000)}`);
    expect(log.lines).toHaveLength(20);
    expect(JSON.stringify(log.lines).length).toBeLessThan(20_000);
  });
});
