import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Server, type Socket } from 'socket.io';
import type { Push } from './protocol.js';
import { SignallingClient } from './signalling-client.js';

type Acknowledge = (answer: object) => void;

let http: HttpServer;
let io: Server;
let address: string;
let connections: Socket[];
const clients: SignallingClient[] = [];

const client = (token = 'good', timeoutMs = 60_000): SignallingClient => {
  const made = new SignallingClient({ address, token: () => token, timeoutMs });
  clients.push(made);
  return made;
};

beforeEach(async () => {
  http = createServer();
  io = new Server(http);
  connections = [];
  const namespace = io.of('/signaling');
  namespace.use((socket, next) =>
    next(socket.handshake.auth['token'] === 'good' ? undefined : new Error('INVALID_TOKEN')),
  );
  namespace.on('connection', socket => {
    connections.push(socket);
    socket.on('raise_hand', (message: object, acknowledge: Acknowledge) =>
      acknowledge({ success: true, echo: message }),
    );
    socket.on('leave_meeting', (_message: object, acknowledge: Acknowledge) =>
      acknowledge({
        success: false,
        error: { code: 'NOT_IN_MEETING', message: 'Join first', request_id: 'req_1' },
      }),
    );
    socket.on('toggle_video', () => socket.conn.close());
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  address = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const made of clients.splice(0)) made.close();
  await io.close();
});

describe('a request', () => {
  it('is answered with the fields of its acknowledgement', async () => {
    const signalling = client();
    await signalling.connect();
    const answer = await signalling.request('raise_hand', { meeting_id: 'm', is_hand_raised: true });
    expect(answer).toMatchObject({ echo: { meeting_id: 'm', is_hand_raised: true } });
  });

  it('that is refused throws the code and the request id', async () => {
    const signalling = client();
    await signalling.connect();
    await expect(signalling.request('leave_meeting', { meeting_id: 'm' })).rejects.toMatchObject({
      code: 'NOT_IN_MEETING',
      requestId: 'req_1',
    });
  });

  it('that nobody answers times out', async () => {
    const signalling = client('good', 300);
    await signalling.connect();
    await expect(
      signalling.request('toggle_audio', { meeting_id: 'm', is_muted: true }),
    ).rejects.toMatchObject({
      code: 'TIMEOUT',
    });
  });

  it('fails at once when the connection breaks under it, and is not sent while there is none', async () => {
    const signalling = client();
    await signalling.connect();
    const request = () => signalling.request('toggle_video', { meeting_id: 'm', is_video_on: true });
    await expect(request()).rejects.toMatchObject({ code: 'DISCONNECTED' });
    await expect(request()).rejects.toMatchObject({ code: 'DISCONNECTED' });
  });
});

describe('the connection', () => {
  it('is refused for good without a valid token', async () => {
    await expect(client('bad').connect()).rejects.toMatchObject({ code: 'INVALID_TOKEN' });
  });

  it('gives up on a server that does not answer', async () => {
    await io.close();
    await expect(client().connect(200)).rejects.toMatchObject({ code: 'UNREACHABLE' });
  });

  it.each(['network', 'server'])('comes back after an interruption by the %s, and says so', async by => {
    const signalling = client();
    await signalling.connect();
    let disconnected = 0;
    const back = new Promise<void>(resolve => {
      signalling.listen({ disconnected: () => (disconnected += 1), connected: resolve });
    });
    if (by === 'network') connections[0]?.conn.close();
    else connections[0]?.disconnect();
    await back;
    expect(disconnected).toBe(1);
    expect(connections).toHaveLength(2);
  });

  it('hands on what the server pushes', async () => {
    const signalling = client();
    await signalling.connect();
    const pushed = new Promise<Push>(resolve => signalling.listen({ push: resolve }));
    connections[0]?.emit('join_denied', { meeting_id: 'm' });
    expect(await pushed).toEqual({ type: 'join_denied', payload: { meeting_id: 'm' } });
  });
});
