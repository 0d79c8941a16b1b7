import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jwt, { type JwtPayload } from 'jsonwebtoken';
import { jwtSecret } from '#libs/config';
import { signToken } from './sign-token.js';

describe('signToken', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'parley-token-'));
  });
  afterEach(() => {
    rmSync(dataDir, { recursive: true });
  });
  const config = (more = {}) => ({ jwtSecret: '', dataDir, jwtIssuer: '', jwtAudience: '', ...more });
  const claims = { sub: 'alice', name: 'Alice', roles: ['analyst'] };
  const verify = (token: string, key = jwtSecret(config())) =>
    jwt.verify(token, key, { algorithms: ['HS256'] }) as JwtPayload;

  it('says who it is for, signed with the key of the data directory', () => {
    expect(verify(signToken(config(), claims, 60))).toMatchObject(claims);
  });

  it('holds as long as asked', () => {
    const { iat, exp } = verify(signToken(config(), claims, 90));
    expect((exp ?? 0) - (iat ?? 0)).toBe(90);
  });

  it('names an e-mail address, issuer and audience where there is one, and no empty ones', () => {
    const settings = config({ jwtIssuer: 'https://id.example.org', jwtAudience: 'parley' });
    const whole = verify(signToken(settings, { ...claims, email: 'alice@example.org' }, 60));
    expect(whole).toMatchObject({ email: 'alice@example.org', iss: 'https://id.example.org', aud: 'parley' });
    expect(Object.keys(verify(signToken(config(), claims, 60))).toSorted()).toEqual([
      'exp',
      'iat',
      'name',
      'roles',
      'sub',
    ]);
  });

  it('is signed with PARLEY_JWT_SECRET where that is set, and with no other key', () => {
    const key = 'k'.repeat(32);
    const token = signToken(config({ jwtSecret: key }), claims, 60);
    expect(verify(token, key).sub).toBe('alice');
    expect(() => verify(token)).toThrow('invalid signature');
  });
});
