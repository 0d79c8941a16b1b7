import { describe, expect, it } from '@jest/globals';
import { inCheckout, readJson } from './checkout.mjs';
import { inertEntries, withHost } from './relock.mjs';

describe('inertEntries', () => {
  it('adds an entry that fits no platform for an optional package that is missing', () => {
    const packages = { 'node_modules/swift': { optionalDependencies: { 'swift-arm': '^1.2.3' } } };
    expect(inertEntries(packages)).toEqual({
      'node_modules/swift-arm': { version: '1.2.3', optional: true, os: ['!linux'], cpu: ['none'] },
    });
  });

  it('marks what only development asks for', () => {
    const packages = { 'node_modules/swift': { dev: true, optionalDependencies: { 'swift-arm': '1.2.3' } } };
    expect(inertEntries(packages)['node_modules/swift-arm']).toMatchObject({ dev: true });
  });

  it('leaves alone what is there, beside its user or above it', () => {
    const packages = {
      'node_modules/a': { optionalDependencies: { above: '1.0.0' } },
      'node_modules/a/node_modules/b': {
        optionalDependencies: { above: '1.0.0', beside: '1.0.0', under: '1.0.0' },
      },
      'node_modules/above': { version: '1.0.0' },
      'node_modules/a/node_modules/beside': { version: '1.0.0' },
      'node_modules/a/node_modules/b/node_modules/under': { version: '1.0.0' },
    };
    expect(inertEntries(packages)).toEqual({});
  });

  it('does not take a package in another branch of the tree for the wanted one', () => {
    const packages = {
      'node_modules/a': { optionalDependencies: { wanted: '1.0.0' } },
      'node_modules/c/node_modules/wanted': { version: '1.0.0' },
    };
    expect(Object.keys(inertEntries(packages))).toEqual(['node_modules/wanted']);
  });
});

describe('package-lock.json', () => {
  const { packages } = readJson(inCheckout('package-lock.json'));

  it('installs on every platform: no optional package is missing', () => {
    expect(Object.keys(inertEntries(packages))).toEqual([]);
  });

  it('names no host that packages come from', () => {
    expect(withHost(packages)).toEqual([]);
  });
});
