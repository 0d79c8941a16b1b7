import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from './config.js';
import { jwtSecret } from './jwt-secret.js';

describe('jwtSecret', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'parley-jwt-'));
  });
  afterEach(() => {
    rmSync(dir, { recursive: true });
  });

  it('answers PARLEY_JWT_SECRET where one is set, and writes nothing', () => {
    const secret = 's'.repeat(40);
    expect(jwtSecret({ jwtSecret: secret, dataDir: dir })).toBe(secret);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('makes a key of 48 random bytes that only its owner may read, and leaves no other file', () => {
    const dataDir = join(dir, 'not', 'there', 'yet');
    const key = jwtSecret({ jwtSecret: '', dataDir });
    expect(Buffer.from(key, 'base64url')).toHaveLength(48);
    expect(readdirSync(dataDir)).toEqual(['jwt-secret']);
    expect(statSync(join(dataDir, 'jwt-secret')).mode & 0o777).toBe(0o600);
  });

  it('answers the same key every time, and another one in another data directory', () => {
    const key = jwtSecret({ jwtSecret: '', dataDir: dir });
    expect(jwtSecret({ jwtSecret: '', dataDir: dir })).toBe(key);
    expect(jwtSecret({ jwtSecret: '', dataDir: join(dir, 'other') })).not.toBe(key);
  });

  it('refuses a kept key that is too short, and names its file', () => {
    writeFileSync(join(dir, 'jwt-secret'), 'short\n');
    expect(() => jwtSecret({ jwtSecret: '', dataDir: dir })).toThrow(ConfigError);
    expect(() => jwtSecret({ jwtSecret: '', dataDir: dir })).toThrow(join(dir, 'jwt-secret'));
  });

  const pair = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  it.each([
    ['public', pair.publicKey],
    ['private', pair.privateKey],
  ])('refuses a %s key: whoever knows the public one could sign tokens', (_kind, pem) => {
    expect(() => jwtSecret({ jwtSecret: pem, dataDir: dir })).toThrow(ConfigError);
    expect(() => jwtSecret({ jwtSecret: pem, dataDir: dir })).toThrow('PARLEY_JWT_SECRET holds a public');
    writeFileSync(join(dir, 'jwt-secret'), pem);
    expect(() => jwtSecret({ jwtSecret: '', dataDir: dir })).toThrow(`${join(dir, 'jwt-secret')} holds`);
  });
});
