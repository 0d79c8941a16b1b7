import type { LookupAddress } from 'node:dns';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DOOR_CERTIFICATE } from '../../../../libs/event-log/src/door-certificate-for-tests.js';
import { WebhookReceiver } from '../testing/webhook-receiver.js';
import { until } from '../testing/until.js';
import type { Resolve } from './guarded-connector.js';
import { ReachableAddresses } from './reachable-addresses.js';
import { type SenderOptions, WebhookSender } from './webhook-sender.js';

const LOOPBACK = new ReachableAddresses(['127.0.0.0/8']);
const MIB = 1024 * 1024;
const NEVER = new AbortController().signal;

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};
/** A resolver that answers with these, in the order of asking; the last one for ever. */
const resolving = (...answers: LookupAddress[][]): Resolve => {
  const left = [...answers];
  return (_name, _options, callback) => callback(null, (left.length > 1 ? left.shift() : left[0]) ?? []);
};
const v4 = (address: string): LookupAddress => ({ address, family: 4 });

describe('sending a webhook', () => {
  let receiver: WebhookReceiver;
  const senders: WebhookSender[] = [];
  const sender = (options: Partial<SenderOptions> = {}): WebhookSender => {
    const made = new WebhookSender({ reachable: LOOPBACK, ...options });
    senders.push(made);
    return made;
  };
  const send = (url: string, options: Partial<SenderOptions> = {}) =>
    sender(options).send(url, { 'webhook-id': 'm' }, '{"event":"x"}', NEVER);

  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
  });
  afterEach(async () => {
    await Promise.all(senders.splice(0).map(one => one.close()));
    receiver.received.length = 0;
    receiver.answer = (_one, response) => void response.writeHead(204).end();
  });
  afterAll(() => receiver.stop());

  it.each([200, 201, 202, 204, 299])('%i is success', async status => {
    receiver.answer = (_one, response) => void response.writeHead(status).end();
    expect(await send(receiver.url)).toEqual({ delivered: true, status, durationMs: expect.any(Number) });
  });

  it.each([400, 401, 404, 410, 429, 500, 503])('%i is a failure that names it', async status => {
    receiver.answer = (_one, response) => void response.writeHead(status).end('no');
    expect(await send(receiver.url)).toMatchObject({
      delivered: false,
      status,
      error: `the receiver answered ${status}`,
    });
  });

  it.each([301, 302, 303, 307, 308])('%i leads nowhere: no redirect is followed', async status => {
    const other = await WebhookReceiver.start();
    receiver.answer = (_one, response) => void response.writeHead(status, { location: other.url }).end();
    expect(await send(receiver.url)).toMatchObject({
      delivered: false,
      status,
      error: `the receiver redirects (${status}), which is not followed: give its final address`,
    });
    expect(other.received).toEqual([]);
    await other.stop();
  });

  it('a wish to wait is passed on in milliseconds, as seconds or as a date', async () => {
    for (const header of ['120', new Date(Date.now() + 121_000).toUTCString()]) {
      receiver.answer = (_one, response) => void response.writeHead(503, { 'retry-after': header }).end();
      const { retryAfterMs } = await send(receiver.url);
      expect(retryAfterMs).toBeGreaterThan(100_000);
      expect(retryAfterMs).toBeLessThanOrEqual(121_000);
    }
    receiver.answer = (_one, response) => void response.writeHead(503, { 'retry-after': 'soon' }).end();
    expect(await send(receiver.url)).not.toHaveProperty('retryAfterMs');
  });

  it('who does not answer is given up after the time', async () => {
    receiver.answer = () => undefined;
    expect(await send(receiver.url, { timeoutMs: 200 })).toMatchObject({
      delivered: false,
      error: 'the receiver did not answer within 0.2 s',
    });
  });

  it('who begins an answer, or trickles it, and never ends is given up after the same time', async () => {
    let trickle: NodeJS.Timeout | undefined;
    receiver.answer = (_one, response) => {
      response.writeHead(200);
      trickle = setInterval(() => response.write('x'), 20);
    };
    expect(await send(receiver.url, { timeoutMs: 300 })).toMatchObject({
      delivered: false,
      error: 'the receiver did not answer within 0.3 s',
    });
    clearInterval(trickle);
  });

  it('who answers with a gigabyte is cut off after a little of it, and memory stays as it was', async () => {
    const chunk = Buffer.alloc(MIB);
    let sent = 0;
    let cut = false;
    receiver.answer = (_one, response) => {
      response.writeHead(200);
      response.on('close', () => (cut = true));
      const more = (): void => {
        while (!cut && sent < 1024) {
          sent += 1;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    };
    const before = process.memoryUsage().rss;
    expect(await send(receiver.url)).toMatchObject({ delivered: true, status: 200 });
    await until('the receiver to notice', () => cut);
    // What the kernel's buffers took.
    expect(sent).toBeLessThan(64);
    expect(process.memoryUsage().rss - before).toBeLessThan(128 * MIB);
  });

  it('who closes the connection is said to', async () => {
    receiver.answer = (_one, response) => void response.socket?.destroy();
    expect(await send(receiver.url)).toMatchObject({
      delivered: false,
      error: 'the receiver closed the connection',
    });
  });

  it('nobody there, no such name, no HTTP and endless headers are told apart', async () => {
    const closed = await WebhookReceiver.start();
    const { url } = closed;
    await closed.stop();
    expect((await send(url)).error).toBe('the connection was refused');
    const unknown: Resolve = (_name, _options, callback) =>
      callback(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }), []);
    expect((await send('https://hooks.example.org/', { resolve: unknown })).error).toBe(
      'the host has no address',
    );
    for (const [said, error] of [
      ['SSH-2.0-OpenSSH\r\n', /^the answer is not HTTP$/],
      [`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(200_000)}`, /headers are too large/],
    ] as const) {
      const sockets: Socket[] = [];
      const server = createTcpServer(socket => {
        sockets.push(socket.on('error', () => undefined));
        socket.once('data', () => socket.write(said));
      });
      const port = await listening(server);
      expect((await send(`http://127.0.0.1:${port}/`)).error).toMatch(error);
      for (const socket of sockets) socket.destroy();
      server.close();
    }
  });

  it('TLS that nobody vouches for is refused, and such that somebody does is not', async () => {
    const heard: string[] = [];
    const server = createTlsServer(DOOR_CERTIFICATE, (request, response) => {
      heard.push(request.url ?? '');
      response.writeHead(204).end();
    });
    const port = await listening(server);
    const url = `https://localhost:${port}/secure`;
    const resolve = resolving([v4('127.0.0.1')]);
    const bad = await send(url, { resolve });
    expect(bad).toMatchObject({ delivered: false, error: expect.stringMatching(/^TLS failed: [A-Z_]+$/) });
    expect(heard).toEqual([]);
    expect(await send(url, { resolve, ca: DOOR_CERTIFICATE.cert })).toMatchObject({ delivered: true });
    expect(heard).toEqual(['/secure']);
    server.closeAllConnections();
    server.close();
  });

  describe('into a private network', () => {
    const closed = new ReachableAddresses([]);
    const refused = { delivered: false, error: expect.stringMatching(/private or reserved/) };
    const port = () => new URL(receiver.url).port;

    it.each([
      '127.0.0.1',
      '127.1',
      '2130706433',
      '0x7f000001',
      '0177.0.0.1',
      '0.0.0.0',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '169.254.169.254',
    ])('is refused for the address %s', async host => {
      expect(await send(`http://${host}:${port()}/`, { reachable: closed })).toMatchObject(refused);
      expect(receiver.received).toEqual([]);
    });

    it.each([
      ['one private address', [v4('127.0.0.1')]],
      ['a private one among public ones', [v4('93.184.216.34'), v4('127.0.0.1')]],
      ['an IPv4 one in the dress of an IPv6 one', [{ address: '::ffff:127.0.0.1', family: 6 }]],
    ])('is refused for a name that leads to %s', async (_what, addresses) => {
      const resolve = resolving(addresses);
      const url = `https://hooks.example.org:${port()}/`;
      expect(await send(url, { reachable: closed, resolve })).toMatchObject(refused);
      expect(receiver.received).toEqual([]);
    });

    it('is refused for the machine’s own name, as the system resolves it', async () => {
      expect(await send(`https://localhost:${port()}/`, { reachable: closed })).toMatchObject(refused);
    });

    it('is refused when a name leads elsewhere by the time it is called', async () => {
      // The first answer is the one a check beforehand would have seen.
      const resolve = resolving([v4('127.0.0.1')], [v4('10.0.0.7')]);
      const one = sender({ resolve });
      const url = `http://rebinding.example.org:${port()}/`;
      receiver.answer = (_one, response) => void response.writeHead(204, { connection: 'close' }).end();
      expect(await one.send(url, {}, '{}', NEVER)).toMatchObject({ delivered: true });
      expect(await one.send(url, {}, '{}', NEVER)).toMatchObject(refused);
      expect(receiver.received).toHaveLength(1);
    });

    it('that is not allowed is refused though another one is; public ones want TLS', async () => {
      const resolve = resolving([v4('93.184.216.34')]);
      expect((await send('http://hooks.example.org/', { resolve })).error).toMatch(/without TLS/);
      expect(await send('http://10.0.0.1/')).toMatchObject(refused);
    });
  });

  it('gives up at once where the process ends, and says so', async () => {
    receiver.answer = () => undefined;
    const stop = new AbortController();
    const sending = sender().send(receiver.url, {}, '{}', stop.signal);
    await until('the request', () => receiver.received.length === 1);
    stop.abort(new Error('stopping'));
    await expect(sending).rejects.toThrow('stopping');
  });
});
