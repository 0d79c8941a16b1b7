import { randomUUID } from 'node:crypto';
import { versionOf, type AnyEvent, type MediaSource, type MeetingRole } from '#libs/domain';
import { SOURCE_KINDS } from '#libs/domain';
import type { EventLog } from '#libs/event-log';

/** Writes a meeting into a log as if it had been held, at times of one's choice. */
export class ToldMeeting {
  /** Positions by the key that an event was given. */
  readonly positions = new Map<string, number>();

  constructor(
    private readonly log: EventLog,
    readonly meetingId: string,
    /** When it started, in milliseconds since 1970. */
    private readonly start: number,
  ) {}

  private iso(second: number): string {
    return new Date(this.start + second * 1000).toISOString();
  }

  private async tell(
    stream: string,
    second: number,
    by: string,
    event: AnyEvent,
    key = event.type as string,
  ): Promise<void> {
    const { position } = await this.log.append(
      stream,
      [
        {
          ...event,
          id: randomUUID(),
          version: versionOf(event.type),
          time: this.iso(second),
          metadata: { correlationId: randomUUID(), userId: by },
        },
      ],
      'any',
    );
    this.positions.set(key, position);
  }

  /** An event of the meeting's own stream. `data` lacks the meeting's id, and the time where `at` names its field. */
  async meeting(
    second: number,
    by: string,
    type: string,
    data: object,
    at?: string,
    key?: string,
  ): Promise<void> {
    const event = {
      type,
      data: { meetingId: this.meetingId, ...data, ...(at && { [at]: this.iso(second) }) },
    };
    await this.tell(`meeting-${this.meetingId}`, second, by, event as AnyEvent, key);
  }

  async participant(
    second: number,
    userId: string,
    type: string,
    data: object,
    at?: string,
    key?: string,
  ): Promise<void> {
    const participantId = `p-${userId}`;
    const event = {
      type,
      data: { meetingId: this.meetingId, participantId, ...data, ...(at && { [at]: this.iso(second) }) },
    };
    await this.tell(`participant-${participantId}`, second, userId, event as AnyEvent, key);
  }

  async recording(second: number, by: string, type: string, data: object, at?: string): Promise<void> {
    const event = {
      type,
      data: { recordingId: 'r1', meetingId: this.meetingId, ...data, ...(at && { [at]: this.iso(second) }) },
    };
    await this.tell('recording-r1', second, by, event as AnyEvent);
  }

  async joins(
    second: number,
    userId: string,
    displayName: string,
    role: MeetingRole = 'attendee',
  ): Promise<void> {
    const participantId = `p-${userId}`;
    await this.meeting(
      second,
      userId,
      'ParticipantJoined',
      { participantId, userId, displayName, role },
      'joinedAt',
      `${userId} joined`,
    );
    const seat = { userId, deviceType: 'desktop', isMuted: false, isVideoOn: true };
    await this.participant(second, userId, 'ParticipantSeated', seat, 'seatedAt');
    await this.participant(
      second + 0.2,
      userId,
      'ParticipantConnected',
      { connectionId: `c-${userId}` },
      'connectedAt',
    );
  }

  async sends(second: number, userId: string, source: MediaSource, mediaWorkerId: string): Promise<void> {
    const producerId = `${userId}-${source}-${mediaWorkerId}`;
    const data = { producerId, kind: SOURCE_KINDS[source], source, mediaWorkerId };
    await this.participant(second, userId, 'ProducerOpened', data, 'openedAt');
  }

  async leaves(second: number, userId: string, reason: string, by = userId): Promise<void> {
    const data = { participantId: `p-${userId}`, userId, reason };
    await this.meeting(second, by, 'ParticipantLeft', data, 'leftAt', `${userId} left`);
  }

  async writes(
    second: number,
    userId: string,
    senderName: string,
    content: string,
    recipientId?: string,
  ): Promise<void> {
    const message = {
      messageId: randomUUID(),
      meetingId: this.meetingId,
      senderId: userId,
      senderParticipantId: `p-${userId}`,
      senderName,
      content,
      messageType: 'text' as const,
      ...(recipientId !== undefined && { recipientId }),
      sentAt: this.iso(second),
    };
    await this.tell(`chat-${this.meetingId}`, second, userId, { type: 'ChatMessageSent', data: message });
  }
}
