/**
 * How fast webhooks are delivered: 20 meetings a second are created, and each message's way from the event to its arrival
 * is measured; then very many are created while the receiver holds its answers back, and what has piled up is sent once it
 * gives them. All of it once more with ten endpoints that hang. Beside it, in the same run, a process of its own posts the
 * same signed bodies with bare undici, as many at once, and keeps nothing.
 *
 *     webhook-deliveries.bench.js
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Agent } from 'undici';
import { startRedis } from '../libs/work-queues/src/redis-for-tests.js';
import { ApiProcess } from './api-process.js';
import { percentile } from './percentile.js';

const PER_SECOND = 20;
const SECONDS = 5;
/** As many requests as Parley makes at once to one endpoint. */
const AT_ONCE = 8;
const BACKLOG = 2_000;
/** Creating the backlog ends then at the latest: the receiver must answer before it counts as one that hangs. */
const BACKLOG_WITHIN_MS = 8_000;
const CREATED_AT_ONCE = 16;
const HANGING = 10;
const PATIENCE_MS = 60_000;

interface Message {
  readonly headers: Record<string, string>;
  readonly body: string;
}
interface Measured {
  readonly perSecond: number;
  /** Milliseconds, rising. */
  readonly delays: Float64Array;
}
const now = (): number => performance.timeOrigin + performance.now();

/** Answers 204, at once or when it is let; says of each message when it came. */
class Receiver {
  readonly arrived: { readonly at: number; readonly message: Message }[] = [];
  private readonly held: ServerResponse[] = [];
  private holds = false;
  readonly server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      if (request.url?.startsWith('/hang')) return;
      this.arrived.push({ at: now(), message: { headers: ownHeaders(request.headers), body } });
      if (this.holds) this.held.push(response);
      else response.writeHead(204).end();
    });
  });

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  hold(): void {
    this.holds = true;
  }
  letGo(): void {
    this.holds = false;
    for (const response of this.held.splice(0)) response.writeHead(204).end();
  }
  async has(count: number): Promise<void> {
    const deadline = now() + PATIENCE_MS;
    while (this.arrived.length < count) {
      if (now() > deadline) throw new Error(`${this.arrived.length} of ${count} messages came`);
      await sleep(5);
    }
  }
}

/** Those that make the message, without those of the connection. */
const ownHeaders = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith('webhook-') || name === 'content-type' ? [[name, String(value)]] : [],
    ),
  );

const sortedDelays = (arrived: Receiver['arrived'], sentAt: (message: Message) => number): Float64Array =>
  Float64Array.from(arrived, ({ at, message }) => at - sentAt(message)).sort();

/** What the event itself says, to the millisecond. */
const happenedAt = ({ body }: Message): number =>
  Date.parse((JSON.parse(body) as { timestamp: string }).timestamp);

const call = async (api: ApiProcess, path: string, userId: string, body: object): Promise<void> => {
  const answer = await fetch(api.address + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${api.token(userId, { roles: ['admin'] })}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  await answer.arrayBuffer();
};

const createMeeting = (api: ApiProcess): Promise<void> =>
  call(api, '/api/v1/meetings', 'host', { title: 'Weekly', description: 'What we did, what we will do' });

const delivered = async (api: ApiProcess, receiver: Receiver): Promise<Measured> => {
  receiver.arrived.length = 0;
  const begun = performance.now();
  for (let n = 0; n < PER_SECOND * SECONDS; n += 1) {
    await sleep(Math.max(0, begun + (n * 1000) / PER_SECOND - performance.now()));
    await createMeeting(api);
  }
  await receiver.has(PER_SECOND * SECONDS);
  const delays = sortedDelays(receiver.arrived, happenedAt);

  receiver.arrived.length = 0;
  receiver.hold();
  const until = performance.now() + BACKLOG_WITHIN_MS;
  let created = 0;
  const create = async (): Promise<void> => {
    while (created < BACKLOG && performance.now() < until) {
      created += 1;
      await createMeeting(api);
    }
  };
  await Promise.all(Array.from({ length: CREATED_AT_ONCE }, create));
  const from = now();
  const before = receiver.arrived.length;
  receiver.letGo();
  await receiver.has(created);
  const seconds = (receiver.arrived.at(-1)!.at - from) / 1000;
  return { perSecond: (created - before) / seconds, delays };
};

const bare = async (receiver: Receiver, url: string, messages: readonly Message[]): Promise<Measured> => {
  receiver.arrived.length = 0;
  const child = fork(fileURLToPath(import.meta.url));
  try {
    child.send({ url, messages });
    const [seconds] = (await once(child, 'message')) as [number];
    const delays = sortedDelays(receiver.arrived, ({ headers }) => Number(headers['webhook-sent']));
    return { perSecond: messages.length / seconds, delays };
  } finally {
    child.kill();
    await once(child, 'exit');
  }
};

/** The baseline, in a process of its own. */
const post = async (url: string, messages: readonly Message[]): Promise<number> => {
  const agent = new Agent();
  const { origin, pathname: path } = new URL(url);
  let next = 0;
  const work = async (): Promise<void> => {
    for (let n = next++; n < messages.length; n = next++) {
      const { headers, body } = messages[n]!;
      const sent = { ...headers, 'webhook-sent': String(now()) };
      const answer = await agent.request({ origin, path, method: 'POST', headers: sent, body });
      await answer.body.dump();
    }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return (performance.now() - begun) / 1000;
};

const row = (name: string, { perSecond, delays }: Measured): string =>
  `${name.padEnd(36)}${Math.round(perSecond).toString().padStart(7)}/s` +
  [50, 99].map(p => `${percentile(delays, p).toFixed(1).padStart(9)} ms`).join('');

const bench = async (): Promise<void> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  const redis = await startRedis();
  const receiver = new Receiver();
  let api: ApiProcess | undefined;
  try {
    const url = await receiver.start();
    api = await ApiProcess.start(dataDir, redis.redisUrl, {
      PARLEY_RATE_LIMITS: 'off',
      PARLEY_WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
    });
    const subscribe = (path: string): Promise<void> =>
      call(api!, '/api/v1/webhooks', 'root', { url: url + path, events: ['meeting.created'] });
    await subscribe('/hook');
    const alone = await delivered(api, receiver);
    const messages = receiver.arrived.map(({ message }) => message);
    for (let n = 0; n < HANGING; n += 1) await subscribe(`/hang/${n}`);
    const besides = await delivered(api, receiver);
    const without = await bare(receiver, `${url}/hook`, messages);
    const ratio = (measured: Measured): string => (measured.perSecond / without.perSecond).toFixed(2);
    console.log(
      [
        `${messages.length} messages that had piled up, ${AT_ONCE} at once: a second;` +
          ` ${PER_SECOND} meetings/s: from the event to its arrival, p50, p99`,
        row('bare undici (from sending on)', without),
        row('Parley', alone),
        row(`Parley, ${HANGING} endpoints hang beside it`, besides),
        `a second, Parley / bare: ${ratio(alone)}; with those that hang: ${ratio(besides)}`,
      ].join('\n'),
    );
  } finally {
    await api?.stop();
    await redis.stop();
    receiver.server.closeAllConnections();
    receiver.server.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
};

if (process.send) {
  const [{ url, messages }] = (await once(process, 'message')) as [
    { url: string; messages: readonly Message[] },
  ];
  process.send(await post(url, messages));
} else {
  await bench();
}
