import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MeetingClient, type MeetingClientOptions } from './meeting-client.js';
import type { MeetingError } from './meeting-error.js';

interface Asked {
  readonly method?: string;
  readonly url?: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
/** What the server does with one request; nothing at all keeps it waiting. */
type Play = { status: number; headers?: Record<string, string>; body?: unknown } | 'cut' | 'silent';

const success = (data: unknown): Play => ({
  status: 200,
  body: { status: 'success', message: 'Done', data },
});
const failure = (status: number, code: string, more: object = {}, headers = {}): Play => ({
  status,
  headers,
  body: { status: 'error', message: `It is ${code}`, code, details: {}, ...more },
});

describe('a request of the client', () => {
  let server: Server;
  let asked: Asked[];
  let plays: Play[];
  beforeEach(async () => {
    asked = [];
    plays = [];
    server = createServer((request, response) => {
      let body = '';
      request.on('data', chunk => (body += String(chunk)));
      request.on('end', () => {
        asked.push({ method: request.method, url: request.url, headers: request.headers, body });
        const play = plays.shift() ?? success({});
        if (play === 'silent') return;
        if (play === 'cut') return request.socket.destroy();
        const text = typeof play.body === 'string' ? play.body : JSON.stringify(play.body);
        response.writeHead(play.status, { 'content-type': 'application/json', ...play.headers }).end(text);
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  const client = (options: Partial<MeetingClientOptions> = {}): MeetingClient =>
    new MeetingClient({
      apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      token: 'the-token',
      maxRetryDelayMs: 20,
      ...options,
    });
  const refused = (answer: Promise<unknown>): Promise<MeetingError> =>
    answer.then(
      value => Promise.reject(new Error(`It was answered with ${JSON.stringify(value)}`)),
      (error: MeetingError) => error,
    );
  const keys = (): unknown[] => asked.map(({ headers }) => headers['idempotency-key']);

  it('carries the token, and speaks as the api does while JavaScript speaks as itself', async () => {
    plays = [success({ participant_id: 'p1', is_muted: true })];
    const joined = await client().joinMeeting('a/b', { deviceType: 'desktop', joinMuted: true });
    expect(joined).toEqual({ participantId: 'p1', isMuted: true });
    expect(asked).toMatchObject([
      {
        method: 'POST',
        url: '/api/v1/meetings/a%2Fb/join',
        headers: { authorization: 'Bearer the-token', 'content-type': 'application/json' },
        body: '{"device_type":"desktop","join_muted":true}',
      },
    ]);
  });

  it('is tried again under the same key when the connection is cut, or a server is away for a moment', async () => {
    plays = [
      'cut',
      failure(503, 'UNAVAILABLE'),
      { status: 502, body: '<html>' },
      success({ message_id: 'm' }),
    ];
    expect(await client().sendChatMessage('m', { content: 'Hello' })).toEqual({ messageId: 'm' });
    expect(asked).toHaveLength(4);
    expect(new Set(keys()).size).toBe(1);
    expect(keys()[0]).toMatch(/^[0-9a-f]{32}$/);
  });

  it('has a key of its own, or the one that the caller gives', async () => {
    await client().startMeeting('m');
    await client().startMeeting('m');
    await client().startMeeting('m', { idempotencyKey: 'mine' });
    expect(new Set(keys()).size).toBe(3);
    expect(keys()[2]).toBe('mine');
  });

  it('has no key when it only reads', async () => {
    plays = [success([])];
    await client().getChatHistory('m', { limit: 10 });
    expect(keys()).toEqual([undefined]);
    expect(asked[0]?.url).toBe('/api/v1/meetings/m/chat?limit=10');
  });

  it('waits as long as the server asks, where that is short, and is told how long it is where it is not', async () => {
    plays = [failure(429, 'RATE_LIMIT_EXCEEDED', {}, { 'retry-after': '0' }), success({ is_muted: true })];
    expect(await client().raiseHand('m')).toEqual({ isMuted: true });

    plays = [
      failure(
        429,
        'RATE_LIMIT_EXCEEDED',
        { details: { reset_at: '2024-01-15T11:00:00Z' } },
        { 'retry-after': '3600' },
      ),
    ];
    expect(await refused(client().raiseHand('m'))).toMatchObject({
      code: 'RATE_LIMIT_EXCEEDED',
      status: 429,
      retryAfter: 3600,
      details: { resetAt: '2024-01-15T11:00:00Z' },
    });
    expect(asked).toHaveLength(3);
  });

  it('fails after so many attempts', async () => {
    plays = ['cut', 'cut', 'cut', success({})];
    const error = await refused(client({ maxRetries: 2 }).startMeeting('m'));
    expect(error).toMatchObject({ name: 'MeetingError', code: 'NETWORK_ERROR', status: 0 });
    expect(error.message).toContain('127.0.0.1');
    expect(asked).toHaveLength(3);
  });

  it('fails at once where another attempt would fail as well', async () => {
    plays = [failure(409, 'MEETING_ALREADY_ACTIVE', { details: { meeting_id: 'm' } })];
    const error = await refused(client().startMeeting('m'));
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      code: 'MEETING_ALREADY_ACTIVE',
      status: 409,
      message: 'It is MEETING_ALREADY_ACTIVE',
      details: { meetingId: 'm' },
    });
    expect(asked).toHaveLength(1);
  });

  it('tells of the waiting room, which the api does with a good status, as an error', async () => {
    plays = [failure(202, 'WAITING_ROOM_REQUIRED')];
    expect(await refused(client().joinMeeting('m'))).toMatchObject({
      code: 'WAITING_ROOM_REQUIRED',
      status: 202,
    });
  });

  it('understands the answers of routes that are not in the meetings document', async () => {
    plays = [{ status: 201, body: { meeting_id: 'm', title: 'x' } }];
    expect(await client().createMeeting({ title: 'x' })).toEqual({ meetingId: 'm', title: 'x' });
    plays = [{ status: 404, body: { error: { code: 'NOT_FOUND', message: 'Nothing', details: {} } } }];
    expect(await refused(client().getMeetingStatus('m'))).toMatchObject({
      code: 'NOT_FOUND',
      message: 'Nothing',
    });
    plays = [{ status: 413, body: '<html>Too large</html>' }];
    expect(await refused(client().getMeetingStatus('m'))).toMatchObject({ code: 'HTTP_413', status: 413 });
  });

  it('asks for the token before each attempt, and fails with what the caller’s own function throws', async () => {
    plays = ['cut', success({})];
    let tokens = 0;
    await client({ token: async () => `token-${(tokens += 1)}` }).startMeeting('m');
    expect(asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
    const failing = client({ token: () => Promise.reject(new Error('no session')) });
    await expect(failing.startMeeting('m')).rejects.toThrow('no session');
  });

  it('ends when the caller says so, or when no answer comes', async () => {
    plays = ['silent', 'silent'];
    const ending = new AbortController();
    const waiting = refused(client().startMeeting('m', { signal: ending.signal }));
    while (asked.length === 0) await new Promise(resolve => setTimeout(resolve, 5));
    ending.abort();
    expect(await waiting).toMatchObject({ code: 'ABORTED' });
    expect(await refused(client({ timeoutMs: 50, maxRetries: 0 }).startMeeting('m'))).toMatchObject({
      code: 'NETWORK_ERROR',
      message: expect.stringContaining('50 ms'),
    });
  });
});
