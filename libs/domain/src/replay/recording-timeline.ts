import { DomainError } from '../domain-error.js';
import type { AnyEvent } from '../any-event.js';
import { emptyFold, foldEvent, isPresent, liveProducers, type MeetingFold } from './meeting-fold.js';
import type { TimedEvent } from './moment-event.js';
import { ownEntry } from '../own-entry.js';
import { createSpans, type Spans } from './spans.js';

type Interval = readonly [from: number, to: number];

export interface RecordedParticipant {
  readonly participantId: string;
  readonly displayName: string;
  readonly present: readonly Interval[];
  /** When the camera was turned on and its picture was sent. */
  readonly videoOn: readonly Interval[];
}

/** Who was in the main room during a recording; all times in seconds since its start. */
export interface RecordingTimeline {
  /** Until the stop; until the last event known while the recording runs. */
  readonly duration: number;
  /** Those who were there at some time of it, in the order of joining. */
  readonly participants: readonly RecordedParticipant[];
}

interface Watched {
  readonly userId: string;
  readonly participantId: string;
  readonly displayName: string;
  readonly present: Spans;
  readonly videoOn: Spans;
}

const watch = (fold: MeetingFold, watched: Watched, time: number): void => {
  const { userId, participantId, present, videoOn } = watched;
  // A recording is one of the main room.
  const there =
    isPresent(fold, watched) && ownEntry(fold.meeting.roster, userId)?.breakoutRoomId === undefined;
  const showing =
    there &&
    fold.participants.get(participantId)?.isVideoOn === true &&
    liveProducers(fold, participantId).some(producer => producer.source === 'camera');
  present.set(there, time);
  videoOn.set(showing, time);
};

/** Start and stop as the recording's own events say; the meeting's, where those are not written yet. */
const boundsAfter = (bounds: Bounds, event: AnyEvent, recordingId: string): Bounds => {
  switch (event.type) {
    case 'MeetingRecordingStarted':
    case 'RecordingCreated':
      return event.data.recordingId === recordingId
        ? { ...bounds, start: Date.parse(event.data.startedAt) }
        : bounds;
    case 'MeetingRecordingStopped':
    case 'RecordingStopped':
      return event.data.recordingId === recordingId
        ? { ...bounds, stop: Date.parse(event.data.stoppedAt) }
        : bounds;
    default:
      return bounds;
  }
};
interface Bounds {
  readonly start?: number;
  readonly stop?: number;
}

/** Most events concern the one whom they name. */
const CONCERN_ALL: ReadonlySet<AnyEvent['type']> = new Set([
  'MediaPlaced',
  'MeetingEnded',
  'BreakoutRoomsClosed',
]);

/**
 * What composition must know of the meeting: who was there, in the main room, and whose camera was on, from the start of the recording to its
 * stop. `events`: those of the meeting's streams, in log order.
 * @throws DomainError RECORDING_NOT_FOUND when they tell of no such recording.
 */
export const recordingTimeline = (events: Iterable<TimedEvent>, recordingId: string): RecordingTimeline => {
  const fold = emptyFold();
  const seats = new Map<string, Watched>();
  let bounds: Bounds = {};
  let last = 0;
  for (const event of events) {
    foldEvent(fold, event);
    bounds = boundsAfter(bounds, event, recordingId);
    const time = Date.parse(event.time);
    last = Math.max(last, time);
    if (event.type === 'ParticipantJoined' && !seats.has(event.data.participantId)) {
      const { userId, participantId, displayName } = event.data;
      seats.set(participantId, {
        userId,
        participantId,
        displayName,
        present: createSpans(),
        videoOn: createSpans(),
      });
    }
    if (CONCERN_ALL.has(event.type)) {
      for (const seat of seats.values()) watch(fold, seat, time);
    } else if ('participantId' in event.data) {
      const seat = seats.get(event.data.participantId);
      if (seat) watch(fold, seat, time);
    }
  }

  const { start, stop = last } = bounds;
  if (start === undefined) throw new DomainError('RECORDING_NOT_FOUND', { recording_id: recordingId });
  const end = Math.max(start, stop);
  const clip = (spans: Spans): Interval[] =>
    spans.within(start, end).map(([from, to]) => [(from - start) / 1000, (to - start) / 1000] as const);
  return {
    duration: (end - start) / 1000,
    participants: [...seats.values()]
      .map(({ participantId, displayName, present, videoOn }) => ({
        participantId,
        displayName,
        present: clip(present),
        videoOn: clip(videoOn),
      }))
      .filter(({ present }) => present.length > 0),
  };
};
