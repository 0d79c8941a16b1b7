/**
 * 1,000 meetings with five people each, who join over REST and come in by a socket: commands a second, how long a join
 * takes, and the api's memory with 5,000 sockets open. Beside it the same number of requests that change nothing: the
 * status of a meeting, asked by the same client in the same way.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { startRedis } from '../libs/work-queues/src/redis-for-tests.js';
import { ApiProcess } from './api-process.js';
import { percentile } from './percentile.js';

const MEETINGS = 1_000;
const PEOPLE = 5;
const IN_FLIGHT = 32;

const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT });

const call = async (
  api: ApiProcess,
  method: string,
  path: string,
  token: string,
  body?: object,
): Promise<string> => {
  const sent = request(`${api.address}${path}`, {
    agent,
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
  });
  sent.end(body && JSON.stringify(body));
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  if (answer.statusCode! >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
  return text;
};

interface Measured {
  readonly perSecond: number;
  /** Milliseconds, rising. */
  readonly delays: Float64Array;
}

/** Does all of it, so many at a time. */
const measure = async (tasks: readonly (() => Promise<unknown>)[]): Promise<Measured> => {
  const delays = new Float64Array(tasks.length);
  let next = 0;
  const begun = performance.now();
  const work = async (): Promise<void> => {
    for (let n = next++; n < tasks.length; n = next++) {
      const from = performance.now();
      await tasks[n]!();
      delays[n] = performance.now() - from;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
  return { perSecond: (tasks.length / (performance.now() - begun)) * 1000, delays: delays.sort() };
};

const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const redis = await startRedis();
let started: ApiProcess | undefined;
try {
  // A handful of users would run into the limits that are for one person.
  const api = (started = await ApiProcess.start(dataDir, redis.redisUrl, { PARLEY_RATE_LIMITS: 'off' }));
  const memory: string[] = [];
  const remember = (when: string): void => {
    memory.push(`${api.resident.all.toFixed(0)} MB ${when}`);
  };
  remember('idle');
  const ids: string[] = [];
  const host = api.token('host');
  const created = await measure(
    Array.from({ length: MEETINGS }, (_, n) => async () => {
      const text = await call(api, 'POST', '/api/v1/meetings', host, { title: `Meeting ${n}` });
      const { meeting_id: id } = JSON.parse(text) as { meeting_id: string };
      await call(api, 'POST', `/api/v1/meetings/${id}/start`, host);
      ids.push(id);
    }),
  );
  const seats = ids.flatMap((id, meeting) =>
    Array.from({ length: PEOPLE }, (_, n) => ({ id, token: api.token(`user-${meeting}-${n}`) })),
  );
  const joined = await measure(
    seats.map(
      ({ id, token }) =>
        () =>
          call(api, 'POST', `/api/v1/meetings/${id}/join`, token, {}),
    ),
  );
  remember(`with ${seats.length.toLocaleString('en')} people`);
  const sockets: WebSocket[] = [];
  const connected = await measure(
    seats.map(({ id, token }) => async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${api.port}/ws/meetings/${id}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      sockets.push(socket);
      // The first message says that the device has its seat.
      await once(socket, 'message');
    }),
  );
  remember('with their sockets');
  const said = await measure(
    sockets.map(socket => async () => {
      const pong = new Promise<void>(resolve => {
        const look = (data: unknown): void => {
          if (!(data as Buffer).toString('latin1').includes('"said once"')) return;
          socket.off('message', look);
          resolve();
        };
        socket.on('message', look);
      });
      socket.send(JSON.stringify({ type: 'chat', data: { content: 'said once', message_type: 'text' } }));
      await pong;
    }),
  );
  const asked = await measure(
    seats.map(
      ({ id, token }) =>
        () =>
          call(api, 'GET', `/api/v1/meetings/${id}/status`, token),
    ),
  );
  remember('at the end');
  const row = (name: string, { perSecond, delays }: Measured): string =>
    `${name.padEnd(34)}${Math.round(perSecond).toString().padStart(7)}/s` +
    [50, 99].map(p => `${percentile(delays, p).toFixed(1).padStart(9)} ms`).join('');
  console.log(
    [
      `${MEETINGS.toLocaleString('en')} meetings of ${PEOPLE}, ${IN_FLIGHT} in flight: a second, p50, p99`,
      row('create and start', created),
      row('join over REST', joined),
      row('come in by a socket', connected),
      row('write over the socket', said),
      row('asking for a status: no command', asked),
      `joins / asking: ${(joined.perSecond / asked.perSecond).toFixed(2)}`,
      `memory of the api: ${memory.join(', ')}`,
    ].join('\n'),
  );
  for (const socket of sockets) socket.terminate();
} finally {
  agent.destroy();
  await started?.stop();
  await redis.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
