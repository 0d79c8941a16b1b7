import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { WebSocketGateway } from '@nestjs/websockets';
import { DomainError, type Principal } from '#libs/domain';
import { io } from 'socket.io-client';
import type { ClientOptions } from 'ws';
import { LoggedLines } from '../testing/logged-lines.js';
import { RawSocketClient, type UpgradeRefused } from '../testing/raw-socket-client.js';
import { until } from '../testing/until.js';
import { httpAdapter, installHooks } from './http-server.js';
import { PageOrigins } from './page-origins.js';
import type { RawSocket } from './raw-sockets/raw-socket.js';
import type { RawSocketServer, Upgrade } from './raw-sockets/raw-socket-server.js';
import { SocketAdapter } from './socket-adapter.js';

/** Answers what it is sent, and does what a test asks of it. */
@WebSocketGateway({ path: '/ws/rooms/:room/:seat', maxPayload: 1024, maxBuffered: 64 * 1024 })
class EchoGateway {
  readonly sockets: RawSocket<Upgrade>[] = [];

  afterInit(server: RawSocketServer<Upgrade>): void {
    server.serve({
      admit: upgrade => this.admit(upgrade),
      connected: socket => this.connected(socket),
    });
  }

  private async admit(upgrade: Upgrade): Promise<Upgrade> {
    const { room } = upgrade.params;
    if (room === 'closed') throw new DomainError('INSUFFICIENT_PERMISSION', { room });
    if (room === 'none') throw new DomainError('MEETING_NOT_FOUND');
    if (room === 'away') throw new DomainError('UNAVAILABLE');
    if (room === 'broken') throw new Error('a fault of our own');
    if (room === 'endless') await new Promise(() => undefined);
    return upgrade;
  }

  private async connected(socket: RawSocket<Upgrade>): Promise<void> {
    this.sockets.push(socket);
    const { params, principal } = socket.session;
    if (params.room === 'faulty') throw new Error('a fault of our own');
    socket.send({ type: 'hello', params, user: principal.userId });
    socket.serve(async message => {
      if (typeof message !== 'string') return socket.send({ type: 'binary', bytes: message.length });
      if (message === 'fail') throw new Error('a fault of our own');
      // The earlier, the slower: only order by turn brings the answers back in order.
      await sleep(message === '0' ? 30 : 0);
      socket.send({ type: 'echo', message });
    });
  }
}

@WebSocketGateway({ path: '/ws/beating', heartbeatMs: 200 })
class BeatingGateway {
  last?: RawSocket;

  afterInit(server: RawSocketServer): void {
    server.serve({ admit: () => undefined, connected: socket => void (this.last = socket) });
  }
}

/** Has nobody let in. */
@WebSocketGateway({ path: '/ws/forgotten' })
class ForgottenGateway {}

@WebSocketGateway({ namespace: 'signaling' })
class NamespaceGateway {
  handleConnection(socket: { emit(name: string): void }): void {
    socket.emit('hello');
  }
}

@Controller('plain')
class PlainController {
  @Get()
  get(): object {
    return { plain: true };
  }
}

@Module({
  controllers: [PlainController],
  providers: [EchoGateway, BeatingGateway, ForgottenGateway, NamespaceGateway],
})
class TestModule {}

describe('sockets of two kinds on one server', () => {
  let app: NestFastifyApplication;
  let log: LoggedLines;
  let host: string;
  beforeEach(async () => {
    log = new LoggedLines();
    const body = (refusal: { code: string }): object => ({ error: refusal.code });
    app = await NestFactory.create<NestFastifyApplication>(TestModule, httpAdapter(log.logger, body), {
      logger: false,
      forceCloseConnections: true,
    });
    installHooks(app.getHttpAdapter().getInstance());
    const authenticate = (token?: string): Principal => {
      if (!token?.startsWith('user-')) throw new DomainError('INVALID_TOKEN');
      return { userId: token.slice(5), name: token, roles: [] };
    };
    const pages = new PageOrigins({
      publicUrl: 'https://meet.example.org',
      allowed: ['https://app.example.org'],
      logger: log.logger,
    });
    app.useWebSocketAdapter(new SocketAdapter(app, { authenticate, pages, logger: log.logger, body }));
    await app.listen(0, '127.0.0.1');
    host = `127.0.0.1:${(app.getHttpServer().address() as { port: number }).port}`;
  });
  afterEach(() => app.close());

  const open = (path: string, options: ClientOptions = { headers: { authorization: 'Bearer user-ada' } }) =>
    RawSocketClient.connect(`ws://${host}${path}`, options);
  const refusal = (path: string, options?: ClientOptions): Promise<UpgradeRefused> =>
    open(path, options).then(
      () => Promise.reject(new Error('it was let in')),
      (error: unknown) => error as UpgradeRefused,
    );
  const opened = async () => {
    const client = await open('/ws/rooms/r1/s1');
    const socket = app.get(EchoGateway).sockets.at(-1)!;
    return { client, socket };
  };
  /** What the server says to these bytes, until it closes the connection. */
  const raw = async (...lines: string[]): Promise<string> => {
    const socket = connect(Number(host.split(':')[1]), '127.0.0.1');
    socket.write(lines.join('\r\n') + '\r\n\r\n');
    let answer = '';
    socket.on('data', chunk => (answer += String(chunk)));
    // The server may close it harder than by a farewell.
    socket.on('error', () => undefined);
    await new Promise(resolve => socket.once('close', resolve));
    return answer;
  };

  it('a gateway is given the user, by token of header or query, and the decoded parts of the path', async () => {
    for (const client of [
      await open('/ws/rooms/a%20b/s1'),
      await open('/ws/rooms/a%20b/s1?access_token=user-ada', {}),
    ]) {
      const hello = await client.next('hello', ({ type }) => type === 'hello');
      expect(hello).toEqual({ type: 'hello', params: { room: 'a b', seat: 's1' }, user: 'ada' });
    }
  });

  it.each<[string, string, ClientOptions | undefined, number, string]>([
    ['no token', '/ws/rooms/r/s', {}, 401, 'INVALID_TOKEN'],
    ['a wrong token', '/ws/rooms/r/s?access_token=nobody', {}, 401, 'INVALID_TOKEN'],
    ['a place it may not enter', '/ws/rooms/closed/s', undefined, 403, 'INSUFFICIENT_PERMISSION'],
    ['a place that does not exist', '/ws/rooms/none/s', undefined, 404, 'MEETING_NOT_FOUND'],
    ['an address that does not exist', '/ws/nothing', undefined, 404, 'NOT_FOUND'],
    ['an address that is almost right', '/ws/rooms/r/s/', undefined, 404, 'NOT_FOUND'],
    ['an address that is no text', '/ws/rooms/%ff/s', undefined, 404, 'NOT_FOUND'],
    ['a gateway that lets nobody in', '/ws/forgotten', undefined, 403, 'INSUFFICIENT_PERMISSION'],
    ['a store that is away', '/ws/rooms/away/s', undefined, 503, 'UNAVAILABLE'],
  ])('%s is refused before there is a socket: %s', async (_what, path, options, status, code) => {
    const { headers, ...refused } = await refusal(path, options);
    expect(refused).toMatchObject({ status, body: { error: code } });
    expect(headers['x-request-id']).toMatch(/^req_/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['www-authenticate']).toBe(status === 401 ? 'Bearer' : undefined);
    expect(headers['retry-after']).toBe(status === 503 ? '1' : undefined);
    expect(log.errors.filter(line => line.msg !== 'request')).toEqual([]);
  });

  it('a fault of our own is 500, with its reason in the log alone', async () => {
    const refused = await refusal('/ws/rooms/broken/s');
    expect(refused).toMatchObject({ status: 500, body: { error: 'INTERNAL_ERROR' } });
    expect(JSON.stringify(log.errors)).toContain('a fault of our own');
  });

  it('a page of this server or of an allowed site may connect, one of another site may not', async () => {
    const from = (origin: string): ClientOptions => ({
      origin,
      headers: { authorization: 'Bearer user-ada' },
    });
    await open('/ws/rooms/r/s', from('https://meet.example.org'));
    await open('/ws/rooms/r/s', from(`http://${host}`));
    await open('/ws/rooms/r/s', from('https://app.example.org'));
    for (const origin of ['https://evil.example.com', 'null']) {
      expect(await refusal('/ws/rooms/r/s', from(origin))).toMatchObject({
        status: 403,
        body: { error: 'INSUFFICIENT_PERMISSION' },
      });
    }
  });

  it('a request is logged with its route and status; the token in its address is not', async () => {
    await open('/ws/rooms/r/s?access_token=user-secret', {});
    await refusal('/ws/rooms/closed/s?access_token=user-secret', {});
    await refusal('/ws/nothing?access_token=user-secret', {});
    await fetch(`http://${host}/ws/rooms/r/s?access_token=user-secret`);
    const requests = await until('the requests are logged', () => {
      const lines = log.lines.filter(({ msg }) => msg === 'request');
      return lines.length === 4 && lines;
    });
    expect(requests.map(({ route, status }) => [route, status])).toEqual([
      ['/ws/rooms/:room/:seat', 101],
      ['/ws/rooms/:room/:seat', 403],
      ['none', 404],
      ['none', 404],
    ]);
    expect(JSON.stringify(log.lines)).not.toContain('secret');
  });

  it.each<[string, string[], RegExp]>([
    ['without a key', ['GET /ws/rooms/r/s HTTP/1.1'], /^HTTP\/1\.1 400 /],
    [
      'of an unknown version',
      ['GET /ws/rooms/r/s HTTP/1.1', 'Sec-WebSocket-Version: 99'],
      /^HTTP\/1\.1 400 /,
    ],
    ['by POST', ['POST /ws/rooms/r/s HTTP/1.1'], /^HTTP\/1\.1 405 /],
    ['to an address that is none', ['GET // HTTP/1.1'], /^HTTP\/1\.1 404 /],
    ['to an address of Socket.IO without its slash', ['GET /socket.io?EIO=4 HTTP/1.1'], /^HTTP\/1\.1 404 /],
  ])('a handshake %s is answered and closed', async (_what, [request = '', ...more], answer) => {
    const headers = [
      'Host: x',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Authorization: Bearer user-ada',
    ];
    expect(await raw(request, ...headers, ...more)).toMatch(answer);
    expect(log.errors).toEqual([]);
  });

  it('an offer of another protocol is ignored, and the request answered', async () => {
    const answer = await raw(
      'GET /plain HTTP/1.1',
      'Host: x',
      'Connection: Upgrade, HTTP2-Settings, close',
      'Upgrade: h2c',
      'HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 [^]*\{"plain":true\}/);
  });

  it('whoever goes away while it is decided upon harms nobody else', async () => {
    const socket = connect(Number(host.split(':')[1]), '127.0.0.1');
    const lines = [
      'GET /ws/rooms/endless/s HTTP/1.1',
      'Host: x',
      'Connection: Upgrade',
      'Upgrade: websocket',
    ];
    socket.write([...lines, 'Authorization: Bearer user-ada'].join('\r\n') + '\r\n\r\n');
    await sleep(20);
    socket.resetAndDestroy();
    expect(await refusal('/ws/rooms/none/s')).toMatchObject({ status: 404 });
  });

  it('messages are answered one after the other, in the order of their coming', async () => {
    const { client } = await opened();
    const messages = Array.from({ length: 300 }, (_one, index) => String(index));
    for (const message of messages) client.socket.send(message);
    await client.next('the last echo', ({ message }) => message === '299');
    expect(client.of('echo').map(({ message }) => message)).toEqual(messages);
  });

  it('bytes of a binary frame are told from text', async () => {
    const { client } = await opened();
    client.socket.send(Buffer.from([1, 2, 3]));
    expect(await client.next('an answer', ({ type }) => type === 'binary')).toMatchObject({ bytes: 3 });
  });

  it('a message beyond the limit closes its connection with 1009, and no other', async () => {
    const [{ client }, { client: other }] = [await opened(), await opened()];
    client.socket.send('x'.repeat(1025));
    expect((await client.end()).code).toBe(1009);
    other.socket.send('still here');
    await other.next('an echo', ({ message }) => message === 'still here');
  });

  it('text that is no UTF-8 closes the connection with 1007', async () => {
    const { client } = await opened();
    client.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
    expect((await client.end()).code).toBe(1007);
  });

  it.each<[string, string, string[]]>([
    ['its messages', '/ws/rooms/r/s', ['fail']],
    ['the connection itself', '/ws/rooms/faulty/s', []],
  ])(
    'a gateway that fails at %s closes that connection with 1011, and is logged',
    async (_what, path, send) => {
      const client = await open(path);
      for (const message of send) client.socket.send(message);
      expect((await client.end()).code).toBe(1011);
      expect(log.errors).toHaveLength(1);
      await opened();
    },
  );

  it('whoever does not read what waits is cut off; what is sent to it later goes nowhere', async () => {
    const { client, socket } = await opened();
    client.socket.pause();
    const filler = 'x'.repeat(32 * 1024);
    await until('the socket is cut off', () => {
      for (let count = 0; count < 100; count += 1) socket.send({ type: 'filler', filler });
      return !socket.isOpen;
    });
    expect(socket.bufferedAmount).toBeLessThan(200 * 1024);
    await socket.sent();
    socket.send({ type: 'filler' });
    client.socket.terminate();
  });

  it('sent() waits until all has left', async () => {
    const { socket } = await opened();
    socket.send({ filler: 'x'.repeat(60 * 1024) });
    await socket.sent();
    expect(socket.bufferedAmount).toBe(0);
  });

  it('a client that gives no sign of life is cut off, one that does is not', async () => {
    const [deaf, alive] = [
      await open('/ws/beating', { autoPong: false, headers: { authorization: 'Bearer user-ada' } }),
      await open('/ws/beating'),
    ];
    expect((await deaf.end()).code).toBe(1006);
    let pings = 0;
    alive.socket.on('ping', () => (pings += 1));
    await until('more pings', () => pings >= 4);
    expect(alive.closed).toBeUndefined();
  });

  it('a client that reads nothing gives no sign of life, however much waits for it', async () => {
    const client = await open('/ws/beating');
    const socket = app.get(BeatingGateway).last!;
    client.socket.pause();
    socket.send({ filler: 'x'.repeat(10_000_000) });
    await until('it is cut off', () => !socket.isOpen);
    await socket.sent();
    client.socket.terminate();
  });

  it("Socket.IO's namespaces work beside them", async () => {
    const socket = io(`http://${host}/signaling`, { transports: ['websocket'], reconnection: false });
    await new Promise(resolve => socket.once('hello', resolve));
    socket.disconnect();
  });

  it("Socket.IO's namespaces open for pages of this server and of allowed sites alone", async () => {
    const opened = (origin: string, transport: 'polling' | 'websocket'): Promise<boolean> => {
      const extraHeaders = { origin };
      const socket = io(`http://${host}/signaling`, {
        transports: [transport],
        reconnection: false,
        forceNew: true,
        extraHeaders,
      });
      return new Promise<boolean>(resolve => {
        socket.once('hello', () => resolve(true));
        socket.once('connect_error', () => resolve(false));
      }).finally(() => socket.disconnect());
    };
    for (const transport of ['polling', 'websocket'] as const) {
      for (const origin of ['https://meet.example.org', `http://${host}`, 'https://app.example.org']) {
        expect([transport, origin, await opened(origin, transport)]).toEqual([transport, origin, true]);
      }
      expect(await opened('https://evil.example.com', transport)).toBe(false);
    }
    const polled = (origin: string) =>
      fetch(`http://${host}/socket.io/?EIO=4&transport=polling`, { headers: { origin } });
    const [allowed, foreign] = [
      await polled('https://app.example.org'),
      await polled('https://evil.example.com'),
    ];
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example.org');
    expect([foreign.status, foreign.headers.get('access-control-allow-origin')]).toEqual([403, null]);
  });

  it('closing says goodbye with 1001, and does not wait for those who do not answer, or are not let in yet', async () => {
    const [{ client }, { client: deaf }] = [await opened(), await opened()];
    deaf.socket.pause();
    const undecided = refusal('/ws/rooms/endless/s');
    const namespace = io(`http://${host}/signaling`, { transports: ['websocket'], reconnection: false });
    await new Promise(resolve => namespace.once('hello', resolve));
    await app.close();
    expect((await client.end()).code).toBe(1001);
    expect(await undecided).toMatchObject({ message: expect.stringMatching(/hang up|ECONNRESET/) });
    deaf.socket.resume();
    await deaf.end();
    namespace.disconnect();
    expect(log.errors).toEqual([]);
  });
});
