import { type AnyEvent, Chat, Meeting, Participant, Recording, streamOf, upcast } from '#libs/domain';
import type { EventLog, RecordedEvent } from './event-log.js';

/** An event of the log in the shape of today, with the type of its data known. */
export type TypedEvent = Omit<RecordedEvent, 'type' | 'data'> & AnyEvent;

/**
 * All events of a meeting, of its own stream and of its participants', chat's and recordings', in log order; none for a
 * meeting that does not exist.
 */
export const readMeeting = async (
  log: Pick<EventLog, 'readStream'>,
  meetingId: string,
): Promise<TypedEvent[]> => {
  const read = async (stream: string): Promise<TypedEvent[]> => {
    const events: TypedEvent[] = [];
    for await (const event of log.readStream(stream)) events.push(upcast(event) as unknown as TypedEvent);
    return events;
  };
  const own = await read(streamOf(Meeting, meetingId));
  const streams = new Set([streamOf(Chat, meetingId)]);
  for (const event of own) {
    if (event.type === 'ParticipantJoined') streams.add(streamOf(Participant, event.data.participantId));
    if (event.type === 'MeetingRecordingStarted') streams.add(streamOf(Recording, event.data.recordingId));
  }
  const others: TypedEvent[] = [];
  for (const stream of streams) others.push(...(await read(stream)));
  return [...own, ...others].sort((one, other) => one.position - other.position);
};
