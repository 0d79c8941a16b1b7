import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jwtSecret } from '#libs/config';
import jwt from 'jsonwebtoken';
import { RunningApi } from '../testing/running-api.js';

const SECRET = 'a-secret-of-this-test-alone-0123456789';
const PATH = '/api/v1/recordings';

describe('tokens', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await RunningApi.start();
  }, 90_000);
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  const sign = (payload: object, options: jwt.SignOptions = {}, secret = jwtSecret(api.config)): string =>
    jwt.sign(payload, secret, { expiresIn: '1h', ...options });
  const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

  const bad: [string, () => string | undefined][] = [
    ['no token', () => undefined],
    ['something that is no token', () => 'nonsense'],
    ['an expired token', () => sign({ sub: 'ada' }, { expiresIn: -10 })],
    ['a token that is not valid yet', () => sign({ sub: 'ada' }, { notBefore: '1h' })],
    ['a token signed with another secret', () => sign({ sub: 'ada' }, {}, SECRET)],
    [
      'a token without a signature (alg none)',
      () => `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded({ sub: 'ada' })}.`,
    ],
    ['a token of HS512 with the right secret', () => sign({ sub: 'ada' }, { algorithm: 'HS512' })],
    ['a token of RS256', () => jwt.sign({ sub: 'ada' }, privateKey, { algorithm: 'RS256' })],
    [
      'a token whose payload was changed',
      () => {
        const [head, , signature] = sign({ sub: 'ada' }).split('.');
        return `${head}.${encoded({ sub: 'grace' })}.${signature}`;
      },
    ],
    ['a token without a user', () => sign({ name: 'Ada' })],
    ['a token whose user is empty', () => sign({ sub: '' })],
    ['a token whose user is a number', () => `${encoded({ alg: 'HS256' })}.${encoded({ sub: 5 })}.x`],
    ['a token whose user has 129 characters', () => sign({ sub: 'x'.repeat(129) })],
    ['a token whose user has a control character', () => sign({ sub: 'ada\n' })],
    ['a token whose user is no whole text: half a surrogate pair', () => sign({ sub: 'ada\ud800' })],
    ['a token that names Parley itself', () => sign({ sub: 'system' })],
  ];

  it.each(bad)('REST refuses %s with 401 INVALID_TOKEN', async (_what, token) => {
    const { status, headers, body } = await api.withToken(token()).get(PATH);
    expect(status).toBe(401);
    expect(body).toEqual({
      error: {
        code: 'INVALID_TOKEN',
        message: expect.any(String),
        details: expect.any(Object),
        request_id: headers.get('x-request-id'),
      },
    });
  });

  it('the meetings dialect refuses a missing token in its own format', async () => {
    const { status, body } = await api.withToken().get('/api/v1/meetings/some/status');
    expect(status).toBe(401);
    expect(body).toMatchObject({ status: 'error', code: 'INVALID_TOKEN' });
  });

  it('accepts a token of its own, with roles or without', async () => {
    expect((await api.withToken(sign({ sub: 'ada' })).get(PATH)).status).toBe(200);
    expect(
      (await api.withToken(sign({ sub: 'ada', roles: 'admin', name: 5, email: {} })).get(PATH)).status,
    ).toBe(200);
  });

  it('roles that are no list give no rights', async () => {
    const token = sign({ sub: 'ada', roles: 'admin' });
    expect((await api.withToken(token).post('/api/v1/admin/read-models/rebuild')).status).toBe(403);
  });

  it('a token in the address or in a cookie counts for nothing', async () => {
    const token = sign({ sub: 'ada' });
    expect((await api.withToken().get(`${PATH}?access_token=${token}`)).status).toBe(401);
    expect((await api.withToken().get(PATH, { cookie: `token=${token}` })).status).toBe(401);
  });
});

// One after the other: passport keeps its strategies for the whole process.
describe('tokens where issuer and audience are pinned', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await RunningApi.start({
      PARLEY_JWT_SECRET: SECRET,
      PARLEY_JWT_ISSUER: 'https://issuer.example.org',
      PARLEY_JWT_AUDIENCE: 'parley',
    });
  }, 90_000);
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  it.each([
    ['of another issuer', { issuer: 'https://other.example.org', audience: 'parley' }, 401],
    ['without an issuer', { audience: 'parley' }, 401],
    ['for another audience', { issuer: 'https://issuer.example.org', audience: 'other' }, 401],
    ['without an audience', { issuer: 'https://issuer.example.org' }, 401],
    ['of the issuer and for the audience', { issuer: 'https://issuer.example.org', audience: 'parley' }, 200],
  ])('a token %s answers %i', async (_what, options, status) => {
    const token = jwt.sign({ sub: 'ada' }, SECRET, { expiresIn: '1h', ...options });
    expect((await api.withToken(token).get(PATH)).status).toBe(status);
  });

  it("a guest's token fits the pinned issuer and audience", async () => {
    const guest = await api
      .withToken()
      .post<{ access_token: string }>('/api/v1/auth/guest', { display_name: 'Ada' });
    expect((await api.withToken(guest.body.access_token).get(PATH)).status).toBe(200);
  });
});
