import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningApi } from '../testing/running-api.js';

interface Refused {
  readonly error: {
    readonly code: string;
    readonly details: Record<string, unknown>;
    readonly request_id: string;
  };
}
const JSON_TYPE = { 'content-type': 'application/json' };

describe('requests that are not as they should be', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await RunningApi.start();
  }, 90_000);
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });

  const send = (body: string | undefined, headers: Record<string, string> = JSON_TYPE) =>
    api.as('ada').send<Refused>('/api/v1/meetings', { method: 'POST', body, headers });

  it.each([
    ['nothing at all', undefined, {}],
    ['an empty JSON body', '', JSON_TYPE],
    ['null', 'null', JSON_TYPE],
    ['a list', '[]', JSON_TYPE],
    ['a list of bodies', '[{"title":"x"}]', JSON_TYPE],
    ['text', '"x"', JSON_TYPE],
    ['a number', '42', JSON_TYPE],
    ['half a JSON document', '{"title":', JSON_TYPE],
    ['a JSON document with __proto__', '{"title":"x","__proto__":{"isAdmin":true}}', JSON_TYPE],
    ['a JSON document that sets a prototype', '{"title":"x","constructor":{"prototype":{"a":1}}}', JSON_TYPE],
  ])('a body that is %s is 400 VALIDATION_FAILED', async (_what, body, headers) => {
    const { status, body: answer } = await send(body, headers);
    expect([status, answer.error.code]).toEqual([400, 'VALIDATION_FAILED']);
  });

  it('where every field is optional, an empty JSON body is as good as an empty object', async () => {
    const id = await api.meeting('ada');
    const join = (body: string | undefined, headers: Record<string, string>) =>
      api.as('ada').send(`/api/v1/meetings/${id}/join`, { method: 'POST', body, headers });
    expect((await join('', JSON_TYPE)).status).toBe(200);
    expect((await join('{}', JSON_TYPE)).status).toBe(200);
    expect((await join(undefined, {})).status).toBe(200);
  });

  it.each([
    'text/plain',
    'application/xml',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
  ])('a body of the type %s is 415', async type => {
    const { status, body } = await send('title=x', { 'content-type': type });
    expect([status, body.error.code]).toEqual([415, 'VALIDATION_FAILED']);
  });

  it('a body beyond 64 KiB is 413 PAYLOAD_TOO_LARGE', async () => {
    const { status, body } = await send(JSON.stringify({ title: 'x', description: 'x'.repeat(64 * 1024) }));
    expect([status, body.error.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  });

  const IDS = [
    'constructor',
    '__proto__',
    'toString',
    'x'.repeat(64),
    'x'.repeat(65),
    'x'.repeat(257),
    'x'.repeat(4000),
  ];
  const ENCODED = [
    'a%2Fb',
    '..%2F..',
    '%00',
    '%0a',
    '%E0%A4%A',
    '%',
    '%ud800',
    '%F0%9F%99%82',
    "'%20or%201=1",
  ];
  const WAYS = ['', '/status', '/participants', '/chat', '/events', '/state', '/waiting-room'];
  it.each([...IDS, ...ENCODED])('an id %s is a refusal in the right format, nowhere a fault', async id => {
    for (const way of WAYS) {
      const { status, body } = await api.as('ada').get<Partial<Refused>>(`/api/v1/meetings/${id}${way}`);
      expect([400, 404, 414]).toContain(status);
      expect(body).toEqual(
        'error' in body
          ? { error: expect.objectContaining({ code: expect.any(String), request_id: expect.any(String) }) }
          : expect.objectContaining({
              status: 'error',
              code: expect.any(String),
              timestamp: expect.any(String),
            }),
      );
    }
    for (const way of ['/start', '/end', '/join', '/leave', '/recording/start', '/recording/stop']) {
      expect((await api.as('ada').post(`/api/v1/meetings/${id}${way}`)).status).toBeGreaterThanOrEqual(400);
      expect((await api.as('ada').post(`/api/v1/meetings/${id}${way}`)).status).toBeLessThan(500);
    }
    expect((await api.as('ada').get(`/api/v1/recordings/${id}`)).status).toBeLessThan(500);
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=x',
    'limit=1&limit=2',
    'offset=-1',
    'offset=1e300',
    'offset=0.5',
    'page=1',
  ])('paging by %s is 400', async query => {
    const id = await api.meeting('ada');
    expect((await api.as('ada').get(`/api/v1/meetings/${id}/chat?${query}`)).status).toBe(400);
    expect((await api.as('ada').get(`/api/v1/recordings?${query}`)).status).toBe(400);
  });

  it('an address that leads nowhere is 404 NOT_FOUND, with a token or without', async () => {
    for (const client of [api.as('ada'), api.withToken()]) {
      const { status, headers, body } = await client.get<Refused>('/api/v1/nothing');
      expect([status, body.error.code]).toEqual([404, 'NOT_FOUND']);
      expect(body.error.request_id).toBe(headers.get('x-request-id'));
    }
    expect((await api.as('ada').send('/api/v1/meetings/x', { method: 'DELETE' })).status).toBe(404);
  });

  it("a request id of the client's is kept, an odd one replaced", async () => {
    const kept = await api
      .as('ada')
      .get<Refused>('/api/v1/meetings/none', { 'x-request-id': 'trace-42.a_b' });
    expect([kept.headers.get('x-request-id'), kept.body.error.request_id]).toEqual([
      'trace-42.a_b',
      'trace-42.a_b',
    ]);
    for (const odd of ['a b', '<script>', 'x'.repeat(65)]) {
      const { headers } = await api.as('ada').get('/api/v1/meetings/none', { 'x-request-id': odd });
      expect(headers.get('x-request-id')).toMatch(/^req_[0-9A-Z]{26}$/);
    }
  });

  it('every answer carries the headers that keep browsers safe', async () => {
    for (const path of ['/health', '/docs', '/api/v1/nothing', '/api/v1/recordings']) {
      const { headers } = await api.withToken().get(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    }
  });

  it('what is no HTTP is answered with 400, and the connection closed', async () => {
    const socket = connect(Number(new URL(api.address).port), '127.0.0.1');
    let answer = '';
    socket.on('data', chunk => (answer += String(chunk)));
    // The server may close it harder than by a farewell.
    socket.on('error', () => undefined);
    const closed = new Promise(resolve => socket.once('close', resolve));
    socket.end('hello, is this a mail server?\r\n\r\n');
    await closed;
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('logs one line per request, with its id, without query, token or name', async () => {
    const id = await api.meeting('ada');
    await api
      .as('ada', { name: 'Ada Lovelace' })
      .get(`/api/v1/meetings/${id}/chat?limit=7`, { 'x-request-id': 'looked-up' });
    const lines = api.log.lines.filter(line => line.reqId === 'looked-up');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: 30,
      method: 'GET',
      route: '/api/v1/meetings/:id/chat',
      status: 200,
    });
    expect(JSON.stringify(api.log.lines)).not.toMatch(/limit=7|Ada Lovelace|eyJ/);
  });

  it("a person's id in an address is not logged", async () => {
    const id = await api.meeting('ada');
    await api.as('ada').post(`/api/v1/meetings/${id}/waiting-room/grace%40example.org/admit`);
    await api.as('ada').put('/api/v1/rooms/grace-hoppers-birthday');
    expect(JSON.stringify(api.log.lines)).not.toMatch(/grace/);
  });
});
