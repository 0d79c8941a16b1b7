import type { MeetingMoment, ParticipantOfMoment } from '#libs/domain';

/** What is different from the moment before, to be pointed out. */
export interface MomentChanges {
  /** In words, by participant id. */
  readonly participants: ReadonlyMap<string, readonly string[]>;
  /** Ids of participants who went into another room. */
  readonly moved: ReadonlySet<string>;
  /** Those who were there a moment ago. */
  readonly gone: readonly ParticipantOfMoment[];
  /** Ids of users who began to wait. */
  readonly waiting: ReadonlySet<string>;
  readonly recordings: ReadonlySet<string>;
  /** Messages that were not there before: so many at the end. */
  readonly messages: number;
  readonly status: boolean;
  readonly mediaWorker: boolean;
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const changesOf = (now: ParticipantOfMoment, before: ParticipantOfMoment | undefined): string[] => {
  if (!before) return ['joined'];
  const flag = (
    key: 'isMuted' | 'isVideoOn' | 'isScreenSharing' | 'isHandRaised',
    on: string,
    off: string,
  ) => (now[key] === before[key] ? [] : [now[key] ? on : off]);
  const tracks = now.producers.length - before.producers.length;
  const connections = now.connections.length - before.connections.length;
  return [
    ...(now.role === before.role ? [] : ['role changed']),
    ...(now.breakoutRoomId === before.breakoutRoomId
      ? []
      : [now.breakoutRoomId === undefined ? 'back in the main room' : 'into a breakout room']),
    ...flag('isMuted', 'muted', 'unmuted'),
    ...flag('isVideoOn', 'camera on', 'camera off'),
    ...flag('isScreenSharing', 'shares the screen', 'shares no longer'),
    ...flag('isHandRaised', 'hand raised', 'hand lowered'),
    ...(tracks === 0 ? [] : [tracks > 0 ? 'sends more' : 'sends less']),
    ...(connections === 0 ? [] : [connections > 0 ? 'connected' : 'connection closed']),
  ];
};

export const momentChanges = (now: MeetingMoment, before: MeetingMoment): MomentChanges => {
  const earlier = new Map(before.participants.map(one => [one.participantId, one]));
  const present = new Set(now.participants.map(one => one.participantId));
  const waited = new Set(before.waiting.map(({ userId }) => userId));
  const recordings = new Map(before.recordings.map(one => [one.recordingId, one]));
  return {
    participants: new Map(
      now.participants
        .map(one => [one.participantId, changesOf(one, earlier.get(one.participantId))] as const)
        .filter(([, changes]) => changes.length > 0),
    ),
    moved: new Set(
      now.participants
        .filter(one => {
          const was = earlier.get(one.participantId);
          return was !== undefined && was.breakoutRoomId !== one.breakoutRoomId;
        })
        .map(({ participantId }) => participantId),
    ),
    gone: before.participants.filter(one => !present.has(one.participantId)),
    waiting: new Set(now.waiting.map(({ userId }) => userId).filter(userId => !waited.has(userId))),
    recordings: new Set(
      now.recordings
        .filter(one => !same(one, recordings.get(one.recordingId)))
        .map(({ recordingId }) => recordingId),
    ),
    messages: now.chat.count - before.chat.count,
    status: now.meeting.status !== before.meeting.status,
    mediaWorker: now.meeting.mediaWorkerId !== before.meeting.mediaWorkerId,
  };
};
