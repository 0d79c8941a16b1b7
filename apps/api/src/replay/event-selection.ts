import { Chat, Meeting, type ParticipantEvent, streamOf } from '#libs/domain';
import type { EventFilter, RecordedEvent } from '#libs/event-log';

/** Which events are asked for: those that fit all of what is given. */
export interface EventSelection {
  readonly types?: readonly string[];
  /** A stream by its name, or all whose names begin so. */
  readonly stream?: { readonly name: string; readonly isPrefix: boolean };
  /** Of the meeting's own stream, its chat's, its participants' and its recordings'. */
  readonly meetingId?: string;
  /** Caused by this user. */
  readonly userId?: string;
}

const OF_MEETINGS = ['participant-', 'recording-'];

const isOfMeeting = ({ stream, data }: RecordedEvent, meetingId: string): boolean =>
  stream === streamOf(Meeting, meetingId) ||
  stream === streamOf(Chat, meetingId) ||
  (OF_MEETINGS.some(prefix => stream.startsWith(prefix)) &&
    (data as Partial<ParticipantEvent['data']> | null)?.meetingId === meetingId);

/** Whether an event is among those asked for. */
export const selects = (selection: EventSelection): ((event: RecordedEvent) => boolean) => {
  const { stream, meetingId, userId } = selection;
  const types = selection.types && new Set(selection.types);
  return event =>
    (types === undefined || types.has(event.type)) &&
    (stream === undefined ||
      (stream.isPrefix ? event.stream.startsWith(stream.name) : event.stream === stream.name)) &&
    (userId === undefined || event.metadata.userId === userId) &&
    (meetingId === undefined || isOfMeeting(event, meetingId));
};

/** As much of a selection as a log can see to by itself. */
export const filterOf = ({ types, stream, meetingId }: EventSelection): EventFilter => {
  const ofMeeting =
    meetingId === undefined
      ? undefined
      : [streamOf(Meeting, meetingId), streamOf(Chat, meetingId), ...OF_MEETINGS];
  const streamPrefixes = stream ? [stream.name] : ofMeeting;
  return { ...(types && { types }), ...(streamPrefixes && { streamPrefixes }) };
};
