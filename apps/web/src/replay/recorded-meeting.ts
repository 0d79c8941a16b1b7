import {
  type ChatMessage,
  emptyFold,
  type EventOfLog,
  foldEvent,
  type MeetingFold,
  type MeetingMoment,
  momentEvent,
  type MomentEvent,
  momentOf,
  type Names,
  namesIn,
} from '#libs/domain';

/** Events between two folds that are kept, so that any moment is at most this many events away from one. */
const CHECKPOINT_EVERY = 512;

/** All that is known of one meeting: its events, and the meeting as it was after any of them. */
export interface RecordedMeeting {
  readonly meetingId: string;
  /** As the server gave them. */
  readonly raw: readonly EventOfLog[];
  /** The same in the shape of today, in log order. */
  readonly events: readonly MomentEvent[];
  readonly names: Names;
  /** The meeting as it was after the event of this index; before the first, for -1. */
  readonly at: (index: number) => MeetingMoment;
  /** Folds along the way, made as they are needed; what continues this record goes on with them. */
  readonly checkpoints: MeetingFold[];
}

/** A copy that later events do not change. Messages are left out: they are found by their events. */
const kept = ({ meeting, participants, recordings }: MeetingFold): MeetingFold => ({
  meeting,
  participants: new Map(participants),
  recordings: new Map(recordings),
  messages: [],
});

/**
 * Takes up the events of a meeting.
 * @param earlier a record of the same meeting that these events continue; else they are all of them
 */
export const recordMeeting = (
  meetingId: string,
  more: readonly EventOfLog[],
  earlier?: RecordedMeeting,
): RecordedMeeting => {
  const raw = [...(earlier?.raw ?? []), ...more];
  const events = [...(earlier?.events ?? []), ...more.map(momentEvent)];
  const checkpoints = earlier?.checkpoints ?? [emptyFold()];
  const messages: ChatMessage[] = [];
  const messagesUntil: number[] = [];
  for (const event of events) {
    if (event.type === 'ChatMessageSent') messages.push(event.data);
    messagesUntil.push(messages.length);
  }

  const foldUntil = (count: number): MeetingFold => {
    const nearest = Math.min(Math.floor(count / CHECKPOINT_EVERY), checkpoints.length - 1);
    const fold = kept(checkpoints[nearest] ?? emptyFold());
    for (let at = nearest * CHECKPOINT_EVERY; at < count; at++) {
      foldEvent(fold, events[at] as MomentEvent);
      if ((at + 1) % CHECKPOINT_EVERY === 0) checkpoints[(at + 1) / CHECKPOINT_EVERY] ??= kept(fold);
    }
    return fold;
  };

  return {
    meetingId,
    raw,
    events,
    names: namesIn(events),
    checkpoints,
    at: index => {
      const moment = momentOf(foldUntil(index + 1), events[index]?.time);
      const count = messagesUntil[index] ?? 0;
      return { ...moment, chat: { count, messages: messages.slice(0, count) } };
    },
  };
};

/** Whether more may happen in it: it has not ended, or a recording of it is being processed. */
export const mayGoOn = ({ at, events }: RecordedMeeting): boolean => {
  const { meeting, recordings } = at(events.length - 1);
  return (
    meeting.status !== 'ended' ||
    recordings.some(({ status }) => status === 'recording' || status === 'processing')
  );
};

/** Index of the event at this position of the log, or of the last one before it: some are not shown to everybody. */
export const indexOfPosition = ({ events }: RecordedMeeting, position: number): number =>
  Math.max(
    0,
    events.findLastIndex(event => event.position <= position),
  );
