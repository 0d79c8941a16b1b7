import { type Aggregate, type DomainEvent, replay, streamOf } from '../aggregate.js';
import { Chat } from '../chat/chat.js';
import { Meeting } from '../meeting/meeting.js';
import type { MeetingCommand } from '../meeting/meeting-commands.js';
import type { MeetingSettings } from '../meeting/meeting-events.js';
import { DEFAULT_SETTINGS } from '../meeting/meeting-state.js';
import { Participant } from '../participant/participant.js';
import type { ParticipantCommand } from '../participant/participant-commands.js';
import { type MediaSource, SOURCE_KINDS } from '../participant/participant-events.js';
import { type Issued, type Principal, SYSTEM } from '../principal.js';
import { Recording } from '../recording/recording.js';
import type { RecordingCommand } from '../recording/recording-commands.js';
import { versionOf } from '../upcast.js';
import { type MomentEvent, momentEvent } from './moment-event.js';

type WithoutIssuer<C> = C extends Issued ? Omit<C, keyof Issued> : never;

export const MEETING_ID = 'm1';
export const EPOCH = Date.parse('2026-11-22T10:00:00.000Z');
export const timeAt = (seconds: number): string => new Date(EPOCH + seconds * 1000).toISOString();

/** Support for tests: a meeting told second by second through the aggregates themselves, with the log that it leaves. */
export const tellStory = () => {
  const log: MomentEvent[] = [];
  const users = new Map<string, Principal>([[SYSTEM.userId, SYSTEM]]);
  let now = timeAt(0);

  const eventsOf = <E>(stream: string) => log.filter(event => event.stream === stream) as unknown as E[];
  const run = <State, C, E extends DomainEvent>(
    aggregate: Aggregate<State, C, E>,
    id: string,
    userId: string,
    command: WithoutIssuer<C>,
  ): void => {
    const stream = streamOf(aggregate, id);
    const before = eventsOf<E>(stream);
    const by = users.get(userId) ?? { userId, name: userId, roles: [] };
    const issued = { ...command, by, at: now } as unknown as C;
    aggregate.decide(replay(aggregate, before), issued).forEach((event, index) => {
      const revision = before.length + index;
      // Positions rise with gaps, as the log's do.
      const position = log.length * 3 + 1;
      log.push(
        momentEvent({
          ...event,
          version: versionOf(event.type),
          time: now,
          stream,
          revision,
          position,
          metadata: { userId },
        }),
      );
    });
  };
  const meeting = (userId: string, command: WithoutIssuer<MeetingCommand>) =>
    run(Meeting, MEETING_ID, userId, command);
  const participant = (participantId: string, userId: string, command: WithoutIssuer<ParticipantCommand>) =>
    run(Participant, participantId, userId, command);

  return {
    log: log as readonly MomentEvent[],
    /** Seconds since the story's beginning at which the following happens. */
    at: (seconds: number): void => void (now = timeAt(seconds)),
    named: (userId: string, name: string): void => void users.set(userId, { userId, name, roles: [] }),
    meeting,
    participant,
    create: (userId: string, settings: Partial<MeetingSettings> = {}) =>
      meeting(userId, {
        type: 'CreateMeeting',
        meetingId: MEETING_ID,
        meetingNumber: '123456789',
        title: 'Weekly',
        startNow: false,
        settings: { ...DEFAULT_SETTINGS, ...settings },
      }),
    join: (userId: string, participantId: string, more: { isMuted?: boolean; isVideoOn?: boolean } = {}) => {
      const displayName = users.get(userId)?.name ?? userId;
      meeting(userId, { type: 'JoinMeeting', participantId, displayName, passwordMatches: true });
      participant(participantId, userId, {
        type: 'SeatParticipant',
        meetingId: MEETING_ID,
        participantId,
        userId,
        deviceType: 'desktop',
        isMuted: more.isMuted ?? false,
        isVideoOn: more.isVideoOn ?? true,
      });
    },
    leave: (userId: string, by = userId) =>
      meeting(by, { type: 'LeaveMeeting', userId, reason: by === userId ? 'left' : 'removed' }),
    place: (mediaWorkerId: string, replaces?: string) =>
      meeting(SYSTEM.userId, { type: 'PlaceMedia', mediaWorkerId, replaces }),
    produce: (
      userId: string,
      participantId: string,
      source: MediaSource,
      producerId: string,
      mediaWorkerId: string,
    ) =>
      participant(participantId, userId, {
        type: 'OpenProducer',
        producerId,
        kind: SOURCE_KINDS[source],
        source,
        mediaWorkerId,
        may: { microphone: true, camera: true, screenShare: true },
      }),
    say: (userId: string, content: string, recipientId?: string) =>
      run(Chat, MEETING_ID, userId, {
        type: 'SendMessage',
        meetingId: MEETING_ID,
        messageId: `c${log.length}`,
        mayWrite: true,
        moderates: false,
        senderParticipantId: `p-${userId}`,
        senderName: users.get(userId)?.name ?? userId,
        content,
        messageType: 'text',
        ...(recipientId !== undefined && { recipientId, recipientInMeeting: true }),
      }),
    recording: (recordingId: string, command: WithoutIssuer<RecordingCommand>) =>
      run(Recording, recordingId, SYSTEM.userId, command),
  };
};
