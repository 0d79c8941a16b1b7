import type { ChatMessage } from '../chat/chat.js';
import type { MeetingSettings } from '../meeting/meeting-events.js';
import type { MeetingState, Seat } from '../meeting/meeting-state.js';
import {
  initialParticipant,
  type ParticipantState,
  type Producer,
} from '../participant/participant-state.js';
import type { RecordingState } from '../recording/recording.js';
import { emptyFold, foldEvent, liveProducers, type MeetingFold } from './meeting-fold.js';
import type { TimedEvent } from './moment-event.js';

type Pickable =
  'title' | 'description' | 'meetingNumber' | 'hostUserId' | 'hostName' | 'mediaWorkerId' | 'breakout';
type Times = 'createdAt' | 'scheduledStartTime' | 'scheduledEndTime' | 'startedAt' | 'endedAt';

export interface MeetingOfMoment extends Pick<MeetingState, 'status' | 'meetingId' | Pickable | Times> {
  readonly settings: Omit<MeetingSettings, 'passwordHash'> & { readonly hasPassword: boolean };
  readonly isRecording: boolean;
  /** The recording that runs. */
  readonly recordingId?: string;
}
type Flags = 'deviceType' | 'isMuted' | 'isVideoOn' | 'isScreenSharing' | 'isHandRaised' | 'connections';
export interface ParticipantOfMoment extends Seat, Pick<ParticipantState, Flags> {
  readonly producers: readonly Pick<Producer, 'producerId' | 'kind' | 'source'>[];
}
export interface WaitingOfMoment {
  readonly userId: string;
  readonly displayName: string;
  readonly waitingSince: string;
}
export interface RecordingOfMoment extends Pick<
  RecordingState,
  'recordingId' | 'status' | 'startedAt' | 'stoppedAt' | 'percent'
> {
  /** Tracks captured so far. */
  readonly tracks: number;
}

/** A meeting as it was after some event. */
export interface MeetingMoment {
  readonly meeting: MeetingOfMoment;
  /** Who was in, in the order of joining. */
  readonly participants: readonly ParticipantOfMoment[];
  readonly waiting: readonly WaitingOfMoment[];
  /** Private messages are among them: `mayRead` tells whose eyes they are for. */
  readonly chat: { readonly count: number; readonly messages: readonly ChatMessage[] };
  readonly recordings: readonly RecordingOfMoment[];
  /** When the last event that went into it happened; undefined when there was none. */
  readonly lastEventAt?: string;
}

const meetingOf = ({ meeting }: MeetingFold): MeetingOfMoment => {
  const {
    roster: _r,
    grantedRoles: _g,
    waiting: _w,
    admitted: _a,
    denied: _d,
    attendance: _t,
    moves: _m,
    recordingStartedBy: _b,
    ...kept
  } = meeting;
  const { passwordHash, ...settings } = meeting.settings;
  return {
    ...kept,
    settings: { ...settings, hasPassword: passwordHash !== undefined },
    isRecording: meeting.recordingId !== undefined,
  };
};

const participantOf = (fold: MeetingFold, seat: Seat): ParticipantOfMoment => {
  const state = fold.participants.get(seat.participantId) ?? initialParticipant;
  const { deviceType, isMuted, isVideoOn, isScreenSharing, isHandRaised, connections } = state;
  const producers = liveProducers(fold, seat.participantId).map(({ producerId, kind, source }) => ({
    producerId,
    kind,
    source,
  }));
  return { ...seat, deviceType, isMuted, isVideoOn, isScreenSharing, isHandRaised, connections, producers };
};

const recordingOf = ({ recordingId, status, startedAt, stoppedAt, percent, tracks }: RecordingState) => ({
  recordingId,
  status,
  startedAt,
  stoppedAt,
  percent,
  tracks: Object.keys(tracks).length,
});

// By code unit, not by locale: ISO 8601 times in UTC order like text, and equal ones keep their order.
const byTime = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What a fold has come to: the meeting after the last event that it took, at `lastEventAt`. Its messages are the fold's own list. */
export const momentOf = (fold: MeetingFold, lastEventAt?: string): MeetingMoment => ({
  meeting: meetingOf(fold),
  participants: Object.values(fold.meeting.roster)
    .sort((a, b) => byTime(a.joinedAt, b.joinedAt))
    .map(seat => participantOf(fold, seat)),
  waiting: Object.entries(fold.meeting.waiting)
    .map(([userId, entry]) => ({ userId, ...entry }))
    .sort((a, b) => byTime(a.waitingSince, b.waitingSince)),
  chat: { count: fold.messages.length, messages: fold.messages },
  recordings: [...fold.recordings.values()].map(recordingOf),
  ...(lastEventAt !== undefined && { lastEventAt }),
});

/** The meeting that these events of its streams, in log order, lead to; its status is `none` when there is none. */
export const meetingAt = (events: Iterable<TimedEvent>): MeetingMoment => {
  const fold = emptyFold();
  let lastEventAt: string | undefined;
  for (const event of events) {
    foldEvent(fold, event);
    lastEventAt = event.time;
  }
  return momentOf(fold, lastEventAt);
};
