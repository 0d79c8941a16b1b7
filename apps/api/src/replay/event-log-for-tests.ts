import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EventLog, type NewEvent, openSqliteEventLog, type RecordedEvent } from '#libs/event-log';

export const EPOCH = Date.parse('2026-11-22T10:00:00.000Z');
/** When the n-th event of a told log happens: two of them in each millisecond. */
export const timeOf = (n: number): string => new Date(EPOCH + Math.floor(n / 2)).toISOString();

export interface ToldLog {
  readonly log: EventLog;
  /** Everything in it, in log order. */
  readonly all: readonly RecordedEvent[];
}

const opened: { readonly log: EventLog; readonly directory: string }[] = [];

/** Closes and removes all logs told so far, whether or not their tests succeeded. */
export const removeToldLogs = async (): Promise<void> => {
  for (const { log, directory } of opened.splice(0)) {
    await log.close();
    rmSync(directory, { recursive: true });
  }
};

/** One event to come: the stream, the type, and what the test cares for. */
export type Told = readonly [stream: string, type: string, data: object, userId?: string];

/** Support for tests: a real log in a directory of its own, which holds these events. */
export const tellLog = async (events: readonly Told[]): Promise<ToldLog> => {
  const directory = mkdtempSync(join(tmpdir(), 'parley-replay-'));
  const log = await openSqliteEventLog({ directory });
  opened.push({ log, directory });
  const recorded = await Promise.all(
    events.map(([stream, type, data, userId = 'ada'], n) => {
      const metadata = { correlationId: `req_${n}`, userId };
      const event: NewEvent = { id: randomUUID(), type, version: 1, time: timeOf(n), data, metadata };
      return log.append(stream, [event], 'any');
    }),
  );
  return { log, all: recorded.flatMap(result => result.events) };
};

/** Who is in which meeting, doing what, at random but always the same: three meetings, one of them busy, and rooms. */
export const tellMeetings = (count: number, meetings = ['m1', 'm2', 'm3']): Told[] => {
  const told: Told[] = [];
  const seats: Record<string, string[]> = {};
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  const user = (): string => `user${random(4)}`;
  for (let n = 0; n < count; n += 1) {
    // Half of all happens in the first.
    const meetingId = meetings[Math.max(0, random(meetings.length * 2) - meetings.length)] as string;
    const own = (seats[meetingId] ??= []);
    const what = random(20);
    if (own.length === 0 || what === 0) {
      const participantId = `p${told.length}`;
      own.push(participantId);
      told.push([`meeting-${meetingId}`, 'ParticipantJoined', { meetingId, participantId }, user()]);
    } else if (what === 1) {
      const recordingId = `r${told.length}`;
      told.push([`meeting-${meetingId}`, 'MeetingRecordingStarted', { meetingId, recordingId }, user()]);
      told.push([`recording-${recordingId}`, 'RecordingCreated', { meetingId, recordingId }, 'system']);
    } else if (what === 2)
      told.push([`room-${meetingId}`, 'RoomOpened', { meetingId, name: meetingId }, user()]);
    else if (what < 7) {
      const senderId = user();
      // Some are for one reader's eyes.
      const message = { meetingId, senderId, content: 'x', ...(what === 3 && { recipientId: user() }) };
      told.push([`chat-${meetingId}`, 'ChatMessageSent', message, senderId]);
    } else {
      // The first seats are taken the longest.
      const participantId = own[Math.min(random(own.length), random(own.length))] as string;
      const type = (['AudioMuted', 'AudioUnmuted', 'HandRaised'] as const)[random(3)] as string;
      told.push([`participant-${participantId}`, type, { meetingId, participantId }, user()]);
    }
  }
  return told;
};
