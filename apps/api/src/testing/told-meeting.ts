import { DEFAULT_SETTINGS, versionOf } from '#libs/domain';
import { randomUUID } from 'node:crypto';
import type { EventLog } from '#libs/event-log';

/** An event of a meeting that is told: by which stream, and when, in seconds since its first one. */
export interface Told {
  readonly stream?: string;
  readonly type: string;
  readonly second: number;
  readonly data?: object;
}

/** When a told meeting begins. */
export const BEGAN = Date.parse('2026-01-15T10:00:00Z');
export const timeOf = (second: number): string => new Date(BEGAN + second * 1000).toISOString();

/** The beginning of a meeting of ada's. */
export const created = (meetingId: string): Told => ({
  type: 'MeetingCreated',
  second: 0,
  data: {
    meetingNumber: '123-456-789',
    title: `Meeting ${meetingId}`,
    hostUserId: 'ada',
    hostName: 'Ada',
    settings: { ...DEFAULT_SETTINGS, maxParticipants: 100, passwordHash: 'scrypt$secret' },
    createdAt: timeOf(0),
  },
});
export const started: Told = {
  type: 'MeetingStarted',
  second: 1,
  data: { startedBy: 'ada', startedAt: timeOf(1) },
};
export const ended = (second: number): Told => ({
  type: 'MeetingEnded',
  second,
  data: { endedBy: 'ada', endedAt: timeOf(second) },
});
/** A message, to all or to one. */
export const said = (meetingId: string, second: number, content: string, recipientId?: string): Told => ({
  stream: `chat-${meetingId}`,
  type: 'ChatMessageSent',
  second,
  data: {
    messageId: randomUUID(),
    senderId: 'grace',
    senderParticipantId: 'p-grace',
    senderName: 'Grace',
    content,
    messageType: 'text',
    ...(recipientId && { recipientId }),
    sentAt: timeOf(second),
  },
});

/** Appends what is told to the log as it is, with times of its own: a meeting of hours is there at once. */
export const tell = async (log: EventLog, meetingId: string, told: readonly Told[]): Promise<void> => {
  const rest = [...told];
  while (rest.length > 0) {
    const { stream } = rest[0]!;
    const other = rest.findIndex(one => one.stream !== stream);
    const together = rest.splice(0, Math.min(other < 0 ? rest.length : other, 1000));
    const events = together.map(({ type, second, data }) => ({
      id: randomUUID(),
      type,
      version: versionOf(type),
      time: timeOf(second),
      data: { meetingId, ...data },
      metadata: { correlationId: 'req_told', userId: 'ada' },
    }));
    await log.append(stream ?? `meeting-${meetingId}`, events, 'any');
  }
};
