import { Chat, Meeting, type MeetingEvent, Participant, Recording, streamOf } from '#libs/domain';
import { type EventLogReader, type Position, type ReadAllOptions, START } from '#libs/event-log';

/** Which events of the log; all of them where nothing is given. */
export interface EventSelection {
  /** The events of this meeting's streams: its own, its participants', its chat's, its recordings'. */
  readonly meetingId?: string;
  readonly types?: readonly string[];
  /** ISO 8601, inclusive. */
  readonly since?: string;
  /** ISO 8601, exclusive. */
  readonly until?: string;
}

/** A selection in the log's own terms. */
export interface LogRange {
  readonly read: Pick<ReadAllOptions, 'from' | 'types' | 'streamPrefixes'>;
  /** The last position that belongs to it, as far as the log reached when it was asked. */
  readonly last: Position;
  /** Names of the streams, where they are not all. */
  readonly streams?: ReadonlySet<string>;
}

/** No events were ever written for this meeting. */
export class NoSuchMeeting extends Error {
  constructor(readonly meetingId: string) {
    super(`There is no meeting ${meetingId} in the log.`);
    this.name = 'NoSuchMeeting';
  }
}

/** The streams of a meeting, which its own stream names. @throws NoSuchMeeting */
const streamsOfMeeting = async (log: EventLogReader, meetingId: string): Promise<ReadonlySet<string>> => {
  const streams = new Set<string>();
  for await (const recorded of log.readStream(streamOf(Meeting, meetingId))) {
    const event = recorded as unknown as MeetingEvent;
    if (event.type === 'ParticipantJoined') streams.add(streamOf(Participant, event.data.participantId));
    if (event.type === 'MeetingRecordingStarted') streams.add(streamOf(Recording, event.data.recordingId));
    streams.add(recorded.stream);
  }
  if (streams.size === 0) throw new NoSuchMeeting(meetingId);
  return streams.add(streamOf(Chat, meetingId));
};

/** @throws NoSuchMeeting */
export const logRange = async (
  log: EventLogReader,
  { meetingId, types, since, until }: EventSelection,
): Promise<LogRange> => {
  const streams = meetingId === undefined ? undefined : await streamsOfMeeting(log, meetingId);
  return {
    read: {
      from: since === undefined ? START : await log.positionBefore(since),
      ...(types && { types }),
      ...(streams && { streamPrefixes: [...streams] }),
    },
    last: until === undefined ? await log.head() : await log.positionBefore(until),
    ...(streams && { streams }),
  };
};
