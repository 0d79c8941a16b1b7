/**
 * A request to a worker process and its answer, as signalling asks a media worker, beside what Redis itself costs in the
 * same run: a PING, and the least that asks and answers through two lists. The worker is a process of its own, as it is in
 * service; Redis is private, on a unix socket, with an append-only file.
 *
 *     work-queues.bench.js
 */
import { connectRedis, mediaQueue, RequestClient, serveRequests } from '#libs/work-queues';
import type { Redis } from 'ioredis';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startRedis } from '../libs/work-queues/src/redis-for-tests.js';

interface Echo {
  echo: { request: { text: string }; result: { text: string } };
}

const ROUNDS = 3;
const IN_FLIGHT = 32;
const QUEUE = mediaQueue('bench');
/** About what creating a transport answers with. */
const TEXT = 'x'.repeat(700);

/** Runs `ask` so many times, so many at once. Milliseconds of each, and how many a second. */
async function measure(count: number, inFlight: number, ask: (lane: number) => Promise<unknown>) {
  const taken: number[] = [];
  const lane = async (_: unknown, number: number): Promise<void> => {
    for (let left = count / inFlight; left >= 1; left -= 1) {
      const asked = performance.now();
      await ask(number);
      taken.push(performance.now() - asked);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: inFlight }, lane));
  const perSecond = (taken.length / (performance.now() - started)) * 1_000;
  return { perSecond, taken };
}

/** Answers over lists on `redis`, until the connection is closed. */
async function serveLists(redis: Redis): Promise<void> {
  for (;;) {
    const [, lane] = ((await redis.brpop('bench:ask', 0)) ?? []) as string[];
    await redis.lpush(`bench:answer:${lane!.split(' ', 1)[0]}`, TEXT);
  }
}

async function serve(redisUrl: string): Promise<void> {
  await serveRequests<Echo>({ redisUrl, queue: QUEUE, handlers: { echo: async request => request } });
  serveLists(connectRedis(redisUrl)).catch(() => process.exit(1));
  process.on('disconnect', () => process.exit(0));
  process.send?.('ready');
}

function quantile(numbers: readonly number[], share: number): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) * share)] as number;
}

async function bench(): Promise<void> {
  const server = await startRedis();
  const worker = fork(fileURLToPath(import.meta.url), ['serve', server.redisUrl]);
  try {
    await once(worker, 'message');
    const redis = connectRedis(server.redisUrl);
    const lanes = Array.from({ length: IN_FLIGHT }, () => connectRedis(server.redisUrl));
    const client = new RequestClient({ redis });
    const ping = (): Promise<unknown> => redis.ping();
    const lists = async (lane: number): Promise<void> => {
      await redis.lpush('bench:ask', `${lane} ${TEXT}`);
      await lanes[lane]!.brpop(`bench:answer:${lane}`, 0);
    };
    const request = (): Promise<unknown> => client.request<Echo, 'echo'>(QUEUE, 'echo', { text: TEXT });

    const cases = [
      ['PING, 1 in flight', 4_000, 1, ping],
      ['lists, 1 in flight', 2_000, 1, lists],
      ['request, 1 in flight', 2_000, 1, request],
      [`PING, ${IN_FLIGHT} in flight`, 32_000, IN_FLIGHT, ping],
      [`lists, ${IN_FLIGHT} in flight`, 8_000, IN_FLIGHT, lists],
      [`request, ${IN_FLIGHT} in flight`, 8_000, IN_FLIGHT, request],
    ] as const;
    const results = new Map<string, Awaited<ReturnType<typeof measure>>[]>(cases.map(([name]) => [name, []]));
    await measure(2_000, 1, request); // until it is compiled
    for (let i = 0; i < ROUNDS; i += 1) {
      for (const [name, count, inFlight, ask] of cases)
        results.get(name)!.push(await measure(count, inFlight, ask));
    }

    console.log('Per second: median of rounds; milliseconds: median and 99th percentile of all');
    for (const [name, rounds] of results) {
      const rates = rounds.map(round => Math.round(round.perSecond));
      const taken = rounds.flatMap(round => round.taken);
      const times = `${quantile(taken, 0.5).toFixed(2)} ms ${quantile(taken, 0.99).toFixed(2)} ms`;
      console.log(
        `${name.padEnd(22)}${String(quantile(rates, 0.5)).padStart(8)}   ${times}   of ${rates.join(' ')}`,
      );
    }
    await client.close();
    for (const connection of [redis, ...lanes]) connection.disconnect();
  } finally {
    worker.disconnect();
    await once(worker, 'exit');
    await server.stop();
  }
}

const [role, redisUrl] = process.argv.slice(2);
await (role === 'serve' && redisUrl ? serve(redisUrl) : bench());
