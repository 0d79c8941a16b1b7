import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RawSocketClient } from '../testing/raw-socket-client.js';
import { RunningApi } from '../testing/running-api.js';

const SITE = 'https://app.example.org';
const OTHER = 'https://evil.example.com';
const ALLOWED = 'access-control-allow-origin';

/** What a browser asks before it sends a request of a page that is not plain. */
const ask = (api: RunningApi, origin: string, path = '/api/v1/meetings', method = 'POST') =>
  api.withToken().send<{ error?: object } | ''>(path, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': 'authorization,content-type,idempotency-key',
    },
  });
const words = (header: string | null): string[] => (header ?? '').toLowerCase().split(/, */);

describe('pages of other sites', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await RunningApi.start({ PARLEY_ALLOWED_ORIGINS: SITE });
  }, 90_000);
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  it('of a named one may send what the API takes, by every method, and no cookies', async () => {
    const paths = ['/api/v1/meetings', '/api/v1/meetings/x/join', '/api/v1/nothing'];
    for (const path of paths) {
      for (const method of ['POST', 'PUT', 'DELETE']) {
        const { status, headers, body } = await ask(api, SITE, path, method);
        expect([status, body, headers.get(ALLOWED)]).toEqual([204, '', SITE]);
        expect(words(headers.get('access-control-allow-methods'))).toContain(method.toLowerCase());
        expect(words(headers.get('access-control-allow-headers'))).toEqual(
          expect.arrayContaining(['authorization', 'content-type', 'idempotency-key']),
        );
        expect(Number(headers.get('access-control-max-age'))).toBeGreaterThan(0);
        expect(headers.get('access-control-allow-credentials')).toBeNull();
        expect(words(headers.get('vary'))).toContain('origin');
      }
    }
  });

  it('of a named one may read every answer, refusals as well, with what says how requests are limited', async () => {
    const id = await api.meeting('ada');
    const as = (path: string, client = api.as('ada')) => client.get(path, { origin: SITE });
    for (const [status, answer] of [
      [200, await as(`/api/v1/meetings/${id}/status`)],
      [401, await as(`/api/v1/meetings/${id}/status`, api.withToken())],
      [404, await as('/api/v1/meetings/none/status')],
      [404, await as('/api/v1/nothing')],
      [
        415,
        await api.as('ada').post('/api/v1/meetings', 'x', { origin: SITE, 'content-type': 'text/plain' }),
      ],
    ] as const) {
      expect([answer.status, answer.headers.get(ALLOWED)]).toEqual([status, SITE]);
      expect(words(answer.headers.get('access-control-expose-headers'))).toEqual(
        expect.arrayContaining([
          'retry-after',
          'x-ratelimit-limit',
          'x-ratelimit-remaining',
          'x-ratelimit-reset',
          'x-request-id',
        ]),
      );
      expect(words(answer.headers.get('vary'))).toContain('origin');
    }
  });

  it.each([OTHER, 'http://app.example.org', 'https://app.example.org.evil.example.com', 'null'])(
    'of %s are refused when the browser asks, and may read no answer',
    async origin => {
      const { status, headers, body } = await ask(api, origin);
      expect([status, headers.get(ALLOWED)]).toEqual([403, null]);
      expect(body).toMatchObject({
        error: {
          code: 'INSUFFICIENT_PERMISSIONS',
          details: { origin: expect.stringContaining('PARLEY_ALLOWED_ORIGINS') },
        },
      });
      const answer = await api.as('ada').get('/api/v1/recordings', { origin });
      expect(answer.headers.get(ALLOWED)).toBeNull();
    },
  );

  it('are told apart from programs, which name no site, and from an OPTIONS that asks for nothing', async () => {
    const program = await api.as('ada').get('/api/v1/recordings');
    expect([program.status, program.headers.get(ALLOWED)]).toEqual([200, null]);
    for (const origin of ['', OTHER]) {
      const headers: Record<string, string> = origin === '' ? {} : { origin };
      expect((await api.withToken().send('/api/v1/meetings', { method: 'OPTIONS', headers })).status).toBe(
        404,
      );
    }
    const allowed = { method: 'OPTIONS', headers: { origin: SITE } };
    expect((await api.withToken().send('/api/v1/meetings', allowed)).status).toBe(204);
  });

  it('of a named one may have a socket, of another one not', async () => {
    const id = await api.meeting('ada');
    const url = `${api.address.replace('http', 'ws')}/ws/meetings/${id}?token=${api.token('ada')}`;
    const client = await RawSocketClient.connect(url, { origin: SITE });
    await client.next('a welcome', ({ type }) => type === 'connected');
    client.socket.close();
    await client.end();
    await expect(RawSocketClient.connect(url, { origin: OTHER })).rejects.toMatchObject({
      status: 403,
      body: { status: 'error', code: 'INSUFFICIENT_PERMISSION' },
    });
  });
});

describe('pages of other sites, where none is named', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await RunningApi.start();
  }, 90_000);
  afterAll(() => api.stop());

  it('are all refused, and the log says once for each what would let it in', async () => {
    for (const origin of [SITE, SITE, OTHER]) {
      expect((await ask(api, origin)).status).toBe(403);
      const { headers } = await api.as('ada').get('/api/v1/recordings', { origin });
      expect(headers.get(ALLOWED)).toBeNull();
    }
    const told = api.log.lines.filter(({ origin }) => origin !== undefined);
    expect(told).toEqual(
      [SITE, OTHER].map(origin =>
        expect.objectContaining({
          level: 40,
          origin,
          msg: expect.stringContaining('PARLEY_ALLOWED_ORIGINS'),
        }),
      ),
    );
  });
});
