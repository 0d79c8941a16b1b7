import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import { MeetingClient, type MeetingClientOptions } from './meeting-client.js';

const until = async (what: string, holds: () => boolean): Promise<void> => {
  const deadline = Date.now() + 10_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`Waited in vain: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
};

/** A server played by the test, so that it can be as bad as no real one is when asked to. */
describe('the socket of a meeting', () => {
  let http: Server;
  let sockets: WebSocketServer;
  /** The connections so far, with the queries they came with. */
  let connections: { readonly socket: WebSocket; readonly query: URLSearchParams }[];
  let received: Record<string, unknown>[];
  let refuse: boolean;
  let greets: boolean;
  /** What the REST API says of the meeting. */
  let rest: { status: number; body: object };
  let clients: MeetingClient[];

  beforeEach(async () => {
    [connections, received, clients, refuse, greets] = [[], [], [], false, true];
    rest = { status: 200, body: { status: 'success', data: { status: 'in_progress' } } };
    http = createServer((_request, response) => {
      response.writeHead(rest.status, { 'content-type': 'application/json' }).end(JSON.stringify(rest.body));
    });
    sockets = new WebSocketServer({ noServer: true });
    http.on('upgrade', (request: IncomingMessage, stream, head) => {
      const query = new URL(request.url ?? '', 'http://x').searchParams;
      if (refuse) return stream.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
      sockets.handleUpgrade(request, stream, head, socket => {
        connections.push({ socket, query });
        socket.on('message', text => {
          received.push(JSON.parse((text as Buffer).toString()) as Record<string, unknown>);
        });
        if (greets) push('connected', { connection_id: 'c', position: 10, is_in_meeting: true });
      });
    });
    await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    for (const one of clients) one.close();
    for (const { socket } of connections) socket.terminate();
    http.closeAllConnections();
    await new Promise(resolve => http.close(resolve));
  });

  const push = (type: string, data: object, more: object = {}): void => {
    const message = {
      type,
      meeting_id: 'm',
      user_id: 'grace',
      data,
      timestamp: '2024-01-15T10:00:00Z',
      ...more,
    };
    connections.at(-1)?.socket.send(JSON.stringify(message));
  };
  const client = (options: Partial<MeetingClientOptions> = {}): MeetingClient => {
    const one = new MeetingClient({
      apiUrl: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
      token: 'the token',
      // Node's own is found by whoever gives none; which that is depends on the Node of the day.
      WebSocket,
      ...options,
    });
    clients.push(one);
    return one;
  };
  /** What a client hears of a type from now on. */
  const heard = (one: MeetingClient, type: 'chat' | 'message' | 'connected' | 'reconnecting' | 'closed') => {
    const events: unknown[] = [];
    one.on(type, event => events.push(event));
    return events;
  };

  it('is opened once there is both a listener and a meeting that was joined, in whichever order', async () => {
    const first = client();
    await first.joinMeeting('m');
    expect(connections).toHaveLength(0);
    first.on('chat', () => {});
    await until('a connection', () => connections.length === 1);
    expect(connections[0]?.query.get('token')).toBe('the token');
    expect(connections[0]?.query.get('last_position')).toBeNull();

    const second = client();
    second.on('chat', () => {});
    expect(connections).toHaveLength(1);
    await second.joinMeeting('m');
    await until('another connection', () => connections.length === 2);
  });

  it('tells each message to those who asked for its type, in JavaScript’s spelling', async () => {
    const one = client();
    const [chats, all] = [heard(one, 'chat'), heard(one, 'message')];
    await one.connect('m');
    push('chat', { message_id: '1', is_private: false }, { position: 11 });
    push('something_new', { new_field: 1 }, { position: 12 });
    await until('both', () => all.length === 2);
    expect(chats).toEqual([
      {
        type: 'chat',
        meetingId: 'm',
        userId: 'grace',
        data: { messageId: '1', isPrivate: false },
        timestamp: '2024-01-15T10:00:00Z',
        position: 11,
      },
    ]);
    expect(all).toMatchObject([{ type: 'chat' }, { type: 'something_new', data: { newField: 1 } }]);
  });

  it('comes back from where it was after it was lost, and tells nothing twice', async () => {
    const one = client();
    const [chats, losses] = [heard(one, 'chat'), heard(one, 'reconnecting')];
    await one.connect('m');
    push('chat', { message_id: '1' }, { position: 11 });
    await until('the first', () => chats.length === 1);
    connections[0]?.socket.terminate();
    await until('a new connection', () => connections.length === 2);
    expect(connections[1]?.query.get('last_position')).toBe('11');
    push('chat', { message_id: '1' }, { position: 11 });
    push('chat', { message_id: '2' }, { position: 12 });
    await until('the second', () => chats.length === 2);
    expect(chats).toMatchObject([{ data: { messageId: '1' } }, { data: { messageId: '2' } }]);
    expect(losses).toMatchObject([{ meetingId: 'm', attempt: 1 }]);
  });

  it('that was lost before anything happened comes back to what it began with', async () => {
    const one = client();
    await one.connect('m');
    connections[0]?.socket.terminate();
    await until('a new connection', () => connections.length === 2);
    expect(connections[1]?.query.get('last_position')).toBe('10');
  });

  it('asks the REST API why it is refused, and closes with its answer where that is final', async () => {
    refuse = true;
    rest = { status: 403, body: { status: 'error', code: 'INSUFFICIENT_PERMISSION', message: 'No' } };
    const one = client();
    const closed = heard(one, 'closed');
    await expect(one.connect('m')).rejects.toMatchObject({ code: 'INSUFFICIENT_PERMISSION', status: 403 });
    expect(closed).toMatchObject([{ meetingId: 'm', error: { code: 'INSUFFICIENT_PERMISSION' } }]);
  });

  it('that is refused though the meeting is there is tried again, but not for ever', async () => {
    refuse = true;
    const one = client({ maxRetries: 1 });
    const tries = heard(one, 'reconnecting');
    await expect(one.connect('m')).rejects.toMatchObject({ code: 'NETWORK_ERROR' });
    expect(tries).toHaveLength(1);
  });

  it('goes with the meeting, and with the client', async () => {
    const one = client();
    const [closed, losses] = [heard(one, 'closed'), heard(one, 'reconnecting')];
    await one.connect('m');
    push('meeting_ended', { ended_at: '2024-01-15T10:00:00Z' }, { position: 12 });
    await until('it is closed', () => closed.length === 1);
    await one.connect('m');
    one.close();
    expect(closed).toEqual([{ meetingId: 'm' }, { meetingId: 'm' }]);
    expect(losses).toEqual([]);
  });

  it('carries a reaction once: a lost answer is told, not asked for again', async () => {
    const one = client();
    const acknowledged = one.sendReaction('m', 'thumbs_up');
    await until('the reaction', () => received.length === 1);
    expect(received[0]).toMatchObject({
      type: 'reaction',
      data: { reaction_type: 'thumbs_up', duration: 3 },
    });
    push('ack', {}, { id: received[0]?.id });
    await acknowledged;

    const refusedOne = one.sendReaction('m', 'x'.repeat(99));
    await until('the next reaction', () => received.length === 2);
    push('error', { code: 'VALIDATION_FAILED', message: 'No', details: {} }, { id: received[1]?.id });
    await expect(refusedOne).rejects.toMatchObject({ code: 'VALIDATION_FAILED', message: 'No' });

    const lost = one.sendReaction('m', 'thumbs_up');
    await until('the last reaction', () => received.length === 3);
    connections[0]?.socket.terminate();
    await expect(lost).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    await until('a new connection', () => connections.length === 2);
    expect(received).toHaveLength(3);
  });

  it('is given up when the server says nothing, not even when asked', async () => {
    const one = client({ silenceMs: 200 });
    await one.connect('m');
    await until('it is asked', () => received.length > 0);
    expect(received[0]).toMatchObject({ type: 'ping' });
    // Not a second one: where the process paused, the first may have been given up before it was greeted, and not asked.
    const known = connections.length;
    await until('a new connection', () => connections.length > known);
  });

  it('without any WebSocket it is said what is missing', () => {
    const none = client({ WebSocket: undefined });
    const { WebSocket: own } = globalThis;
    Object.assign(globalThis, { WebSocket: undefined });
    expect(() => none.on('chat', () => {})).toThrow('pass the option WebSocket');
    Object.assign(globalThis, { WebSocket: own });
  });
});
