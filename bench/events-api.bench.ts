/**
 * A million events out of the api: as NDJSON and as a live stream's history, with the api process's resident memory
 * before and at most; beside it, in the same run, what the embedded log and JSON cost without an api: every event
 * read, made text again and written to /dev/null.
 *
 *     events-api.bench.js [DIRECTORY]     (a temporary one by default)
 */
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NewEvent, openEventLog, openSqliteEventLogReader } from '#libs/event-log';
import { startRedis } from '../libs/work-queues/src/redis-for-tests.js';
import { ApiProcess, type Resident } from './api-process.js';

const EVENTS = 1_000_000;
const AN_APPEND = 2_000;
/** One event in so many is a chat message, whose texts the log keeps encrypted. */
const CHAT_EVERY = 20;
const USERS = 100;

const newEvent = (n: number): NewEvent => {
  const user = `user-${n % USERS}`;
  const isChat = n % CHAT_EVERY === 0;
  const meetingId = '01K8ZQ4T7M3V9B2N6C5X1D0FGH';
  const at = new Date(1_795_000_000_000 + n).toISOString();
  return {
    id: `01K8ZQ4T7M3V9B2N6${n.toString(36).padStart(9, '0')}`,
    type: isChat ? 'ChatMessageSent' : 'ParticipantSpoke',
    version: 1,
    time: at,
    data: isChat
      ? {
          meetingId,
          messageId: `message-${n}`,
          senderId: user,
          senderParticipantId: `seat-of-${user}`,
          senderName: 'Ada Lovelace',
          content: 'Shall we look at the second slide again?',
          messageType: 'text',
          sentAt: at,
        }
      : { meetingId, participantId: `seat-of-${user}`, seconds: 4.2, measuredAt: at },
    metadata: { correlationId: '01K8ZQ4T7M3V9B2N6C5X1D0FGK', userId: user },
  };
};

const fill = async (dataDir: string): Promise<void> => {
  const log = await openEventLog({ dataDir, eventLog: '' });
  for (let n = 0; n < EVENTS; n += AN_APPEND) {
    const events = Array.from({ length: AN_APPEND }, (_, i) => newEvent(n + i));
    await log.append(`participant-${(n / AN_APPEND) % 50}`, events, 'any');
  }
  await log.close();
};

const perSecond = (count: number, begun: number): number => (count / (performance.now() - begun)) * 1_000;

/** The log as it lies, with no api before it. */
const readRaw = async (dataDir: string): Promise<number> => {
  const log = await openSqliteEventLogReader({ directory: join(dataDir, 'log') });
  const nowhere = createWriteStream('/dev/null');
  const begun = performance.now();
  let [count, chunk] = [0, ''];
  for await (const event of log.readAll()) {
    count += 1;
    chunk += `${JSON.stringify(event)}\n`;
    if (chunk.length < 65_536) continue;
    if (!nowhere.write(chunk)) await once(nowhere, 'drain');
    chunk = '';
  }
  const rate = perSecond(count, begun);
  nowhere.end();
  await log.close();
  return rate;
};

const ask = (api: ApiProcess, query: string): Promise<IncomingMessage> =>
  new Promise((onAnswer, onError) => {
    const headers = { authorization: `Bearer ${api.token('mary', { roles: ['analyst'] })}` };
    get(`${api.address}/api/v1/events${query}`, { headers, agent: false }, onAnswer).once('error', onError);
  });

/** Counts a mark in an answer until it ends, or there were as many as there are events. */
const count = async (answer: IncomingMessage, mark: string): Promise<number> => {
  if (answer.statusCode !== 200) throw new Error(`The api answered ${answer.statusCode}`);
  let found = 0;
  let rest = '';
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    const text = rest + chunk.toString('latin1');
    for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length)) found += 1;
    // A mark that lies across two chunks, and none twice.
    rest =
      mark.length > 1
        ? text.slice(Math.max(text.lastIndexOf(mark) + mark.length, text.length - mark.length + 1))
        : '';
    if (found >= EVENTS) break;
  }
  return found;
};

interface Measured {
  readonly rate: number;
  readonly before: Resident;
  readonly most: Resident;
}

const measure = async (api: ApiProcess, read: () => Promise<number>): Promise<Measured> => {
  const before = api.resident;
  let most = before;
  const look = (): void => {
    const now = api.resident;
    if (now.all > most.all) most = now;
  };
  const watch = setInterval(look, 50);
  const begun = performance.now();
  const found = await read();
  const rate = perSecond(found, begun);
  clearInterval(watch);
  if (found !== EVENTS) throw new Error(`${found} events came`);
  return { rate, before, most };
};

const dataDir = mkdtempSync(join(process.argv[2] ?? tmpdir(), 'parley-bench-'));
const redis = await startRedis();
let api: ApiProcess | undefined;
try {
  await fill(dataDir);
  const raw = await readRaw(dataDir);
  // Once to build its read models, which is another matter; what is measured is a process that has done nothing else.
  api = await ApiProcess.start(dataDir, redis.redisUrl);
  await api.stop();
  const lines = [
    `${EVENTS.toLocaleString('en')} events; resident memory of the api, in brackets without its program's files`,
    `raw, to /dev/null ${Math.round(raw).toString().padStart(10)}/s`,
  ];
  const cases = [
    ['NDJSON', '?format=ndjson', '\n'],
    ['live stream', '?format=sse', '\ndata: '],
  ] as const;
  for (const [name, query, mark] of cases) {
    const started = (api = await ApiProcess.start(dataDir, redis.redisUrl));
    const { rate, before, most } = await measure(api, async () => count(await ask(started, query), mark));
    await api.stop();
    const shown = ({ all, anonymous }: Resident) => `${all.toFixed(0)} (${anonymous.toFixed(0)}) MB`;
    lines.push(
      `${name.padEnd(18)}${Math.round(rate).toString().padStart(10)}/s   ${(rate / raw).toFixed(2)} of raw   ` +
        `${shown(before)} before, ${shown(most)} at most`,
    );
  }
  console.log(lines.join('\n'));
} finally {
  await api?.stop();
  await redis.stop();
  rmSync(dataDir, { recursive: true });
}
