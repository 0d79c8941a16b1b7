/**
 * Chat commands through actors, 64 in flight, on one hot meeting and over 1,000 meetings, beside bare appends of the same
 * events to the same log in the same run: what deciding, batching and answering cost, or gain.
 *
 *     actors.bench.js [DIRECTORY]     (a temporary one by default)
 */
import { ActorSystem } from '#libs/actors';
import { Chat, type SendMessage } from '#libs/domain';
import { openEventLog, type EventLog, type NewEvent } from '#libs/event-log';
import { ALL_PROJECTIONS, openReadModels, ProjectionRunner } from '#libs/read-models';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monotonicFactory } from 'ulid';

const ROUNDS = 5;
const COMMANDS = 32_000;
const IN_FLIGHT = 64;
const MEETINGS = 1_000;

const newId = monotonicFactory();
const at = '2026-11-02T10:00:00.000Z';
const metadata = { correlationId: '01K8ZQ4T7M3V9B2N6C5X1D0FGK', userId: 'user-4711', time: at };

const sendMessage = (meetingId: string): SendMessage => ({
  type: 'SendMessage',
  by: { userId: 'user-4711', name: 'Ada Lovelace', roles: [] },
  at,
  meetingId,
  messageId: newId(),
  mayWrite: true,
  moderates: false,
  senderParticipantId: '01K8ZQ4T7M3V9B2N6C5X1D0FGJ',
  senderName: 'Ada Lovelace',
  content: 'Shall we look at the second slide again?',
  messageType: 'text',
});

/** The event that the command above leads to, for the log without actors. */
const newEvent = (meetingId: string): NewEvent => {
  const { time, ...rest } = metadata;
  const [decided] = Chat.decide(Chat.initial, sendMessage(meetingId));
  return { id: newId(), type: 'ChatMessageSent', version: 1, time, data: decided!.data, metadata: rest };
};

/** Runs so many pieces of work, never more than IN_FLIGHT at a time. Pieces per second. */
async function flood(work: (index: number) => Promise<unknown>): Promise<number> {
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < COMMANDS) await work(next++);
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: IN_FLIGHT }, client));
  return (COMMANDS / (performance.now() - started)) * 1_000;
}

type Measure = Record<string, number>;

async function round(log: EventLog, number: number, projections: ProjectionRunner): Promise<Measure> {
  const actors = new ActorSystem({ log });
  const meeting = (index: number): string => `${number}-${index % MEETINGS}`;
  const chat = (id: string) => actors.execute(Chat, id, sendMessage(id), metadata);
  const measure: Measure = {};
  const name = (...parts: string[]): string => parts.join(', ');
  measure[name('bare appends', 'one stream')] = await flood(() =>
    log.append(`bare-${number}`, [newEvent('hot')], 'any'),
  );
  measure[name('bare appends', '1,000 streams')] = await flood(index =>
    log.append(`bare-${meeting(index)}`, [newEvent('hot')], 'any'),
  );
  measure[name('chat commands', 'one meeting')] = await flood(() => chat(`hot-${number}`));
  // Each meeting's actor is in memory already, as it is in a meeting that goes on.
  for (let index = 0; index < MEETINGS; index += 1) await actors.state(Chat, meeting(index));
  measure[name('chat commands', '1,000 meetings')] = await flood(index => chat(meeting(index)));
  await projections.start();
  await projections.caughtUp(await log.head());
  measure[name('chat commands', 'one meeting, answered when projected')] = await flood(async () => {
    const { position } = await chat(`hot-${number}`);
    if (position !== undefined) await projections.caughtUp(position);
  });
  await projections.stop();
  await actors.close();
  return measure;
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] as number;

function print(measures: readonly Measure[]): void {
  console.log(`Per second, ${IN_FLIGHT} in flight, median of ${measures.length} rounds`);
  for (const name of Object.keys(measures[0] as Measure)) {
    const rates = measures.map(measure => Math.round(measure[name] as number));
    console.log(`${name.padEnd(54)}${String(median(rates)).padStart(9)}   of ${rates.join(' ')}`);
  }
}

const directory = mkdtempSync(join(process.argv[2] ?? tmpdir(), 'parley-bench-'));
const log = await openEventLog({ dataDir: directory, eventLog: '' });
const readModels = await openReadModels({ file: join(directory, 'read-models.db') });
try {
  const measures: Measure[] = [];
  for (let number = 0; number < ROUNDS; number += 1) {
    const onError = (error: unknown): void => console.error(error);
    const projections = ALL_PROJECTIONS;
    const runner = new ProjectionRunner({ log, database: readModels.writer, projections, onError });
    measures.push(await round(log, number, runner));
  }
  print(measures);
} finally {
  await readModels.close();
  await log.close();
  rmSync(directory, { recursive: true });
}
