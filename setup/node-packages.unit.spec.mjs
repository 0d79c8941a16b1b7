import { describe, expect, it } from '@jest/globals';
import { satisfies } from './node-packages.mjs';

const wanted = {
  '': { version: '0.1.0' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/only-there': { version: '2.0.0', optional: true },
};
const a = { version: '1.0.0', integrity: 'sha512-a' };

describe('satisfies', () => {
  it('holds when everything is installed, or is optional', () => {
    expect(satisfies(wanted, { 'node_modules/a': a })).toBe(true);
  });

  it('fails when a package is missing', () => {
    expect(satisfies(wanted, {})).toBe(false);
  });

  it('fails when a package has another version or other contents', () => {
    expect(satisfies(wanted, { 'node_modules/a': { ...a, version: '1.0.1' } })).toBe(false);
    expect(satisfies(wanted, { 'node_modules/a': { ...a, integrity: 'sha512-b' } })).toBe(false);
  });

  it('fails when an optional package is there in another version', () => {
    expect(satisfies(wanted, { 'node_modules/a': a, 'node_modules/only-there': { version: '1.9.0' } })).toBe(
      false,
    );
  });
});
