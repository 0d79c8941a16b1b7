/**
 * 200 sockets in one meeting, 20 chat messages a second for 30 s: how long from sending a message to its arrival at each
 * of them; beside it, in the same run, a bare `ws` server that does the same fan-out and keeps nothing.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { startRedis } from '../libs/work-queues/src/redis-for-tests.js';
import { ApiProcess } from './api-process.js';
import { percentile } from './percentile.js';

const SOCKETS = 200;
const PER_SECOND = 20;
const SECONDS = 30;

const open = async (url: string, token?: string): Promise<WebSocket> => {
  const socket = new WebSocket(url, { ...(token && { headers: { authorization: `Bearer ${token}` } }) });
  await once(socket, 'open');
  return socket;
};

const SENT = /"content":"sent (\d+\.\d+) "/;

/** Milliseconds of each delivery. */
const measure = async (sockets: readonly WebSocket[]): Promise<Float64Array> => {
  const delays: number[] = [];
  const take = (data: unknown): void => {
    const sent = SENT.exec((data as Buffer).toString('latin1'))?.[1];
    if (sent !== undefined) delays.push(performance.now() - Number(sent));
  };
  for (const socket of sockets) socket.on('message', take);
  const begun = performance.now();
  for (let n = 0; n < PER_SECOND * SECONDS; n += 1) {
    await sleep(Math.max(0, begun + (n * 1000) / PER_SECOND - performance.now()));
    const content = `sent ${performance.now().toFixed(3)} `;
    sockets[n % SOCKETS]!.send(
      JSON.stringify({ type: 'chat', data: { content, message_type: 'text', is_private: false } }),
    );
  }
  const wanted = PER_SECOND * SECONDS * SOCKETS;
  for (let patience = 100; delays.length < wanted && patience > 0; patience -= 1) await sleep(100);
  for (const socket of sockets) socket.off('message', take);
  if (delays.length !== wanted) throw new Error(`${delays.length} of ${wanted} deliveries came`);
  return Float64Array.from(delays).sort();
};

const bare = async (): Promise<Float64Array> => {
  const server = spawn(process.execPath, [resolve('dist/bench/bare-fan-out.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [port] = (await once(server.stdout, 'data')) as [Buffer];
    const url = `ws://127.0.0.1:${port.toString().trim()}`;
    const sockets = await Promise.all(Array.from({ length: SOCKETS }, () => open(url)));
    const delays = await measure(sockets);
    for (const socket of sockets) socket.terminate();
    return delays;
  } finally {
    server.kill();
    await once(server, 'exit');
  }
};

const parley = async (api: ApiProcess): Promise<Float64Array> => {
  const call = async <T>(method: string, path: string, userId: string, body?: object): Promise<T> => {
    const answer = await fetch(api.address + path, {
      method,
      headers: { authorization: `Bearer ${api.token(userId)}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const settings = { max_participants: SOCKETS + 1 };
  const { meeting_id: id } = await call<{ meeting_id: string }>('POST', '/api/v1/meetings', 'host', {
    title: 'All hands',
    settings,
  });
  await call('POST', `/api/v1/meetings/${id}/start`, 'host');
  const sockets: WebSocket[] = [];
  for (let n = 0; n < SOCKETS; n += 1) {
    const userId = `user-${n}`;
    await call('POST', `/api/v1/meetings/${id}/join`, userId, {});
    sockets.push(await open(`ws://127.0.0.1:${api.port}/ws/meetings/${id}`, api.token(userId)));
  }
  await sleep(1000);
  const delays = await measure(sockets);
  for (const socket of sockets) socket.terminate();
  return delays;
};

const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const redis = await startRedis();
let api: ApiProcess | undefined;
try {
  const without = await bare();
  api = await ApiProcess.start(dataDir, redis.redisUrl);
  const before = api.resident;
  const withIt = await parley(api);
  const row = (name: string, delays: Float64Array): string =>
    `${name.padEnd(10)}${[50, 99, 99.9].map(p => `${percentile(delays, p).toFixed(2).padStart(10)} ms`).join('')}`;
  console.log(
    [
      `${SOCKETS} sockets, ${PER_SECOND} messages/s for ${SECONDS} s: from sending to each arrival, p50, p99, p99.9`,
      row('bare ws', without),
      row('Parley', withIt),
      `p99 Parley / bare: ${(percentile(withIt, 99) / percentile(without, 99)).toFixed(2)}`,
      `memory of the api: ${before.all.toFixed(0)} MB before, ${api.resident.all.toFixed(0)} MB after`,
    ].join('\n'),
  );
} finally {
  await api?.stop();
  await redis.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
