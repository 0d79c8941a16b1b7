import type { DomainEvent } from '../aggregate.js';
import type { Integer, IsoTime } from '../field-types.js';
import type { MediaKind, MediaSource } from '../participant/participant-events.js';

type E<Type extends string, Data> = DomainEvent<
  Type,
  {
    /** Id of the recording. */
    readonly recordingId: string;
    /** Id of the meeting. */
    readonly meetingId: string;
  } & Data
>;

/** One track of one participant, written to one file during one capture attempt. */
export interface RecordedTrack {
  /** Id of the track in this recording: the attempt and the producer. */
  readonly trackId: string;
  /** Which capture attempt writes it, from 1. */
  readonly attempt: Integer;
  /** Id of the seat whose track it is. */
  readonly participantId: string;
  /** Id of the producer that is recorded. */
  readonly producerId: string;
  /** Whether it is sound or pictures. */
  readonly kind: MediaKind;
  /** What is heard or seen in it. */
  readonly source: MediaSource;
  /** The codec, such as `video/VP8`. */
  readonly mimeType: string;
  /** Ticks of the RTP timestamps in a second. */
  readonly clockRate: Integer;
  /** How many channels of sound; absent for pictures. */
  readonly channels?: Integer;
  /** RTP synchronisation source under which the recorder receives it. */
  readonly ssrc: Integer;
  /** RTP payload type under which the recorder receives it. */
  readonly payloadType: Integer;
}

/**
 * A recording exists, and waits for a recorder.
 * @by Parley itself, following MeetingRecordingStarted
 */
export type RecordingCreated = E<
  'RecordingCreated',
  {
    /** What the meeting was called then. */
    readonly title: string;
    /** User id of who started it; `system` is Parley itself. */
    readonly startedBy: string;
    /** When it was started: the beginning of the recording's clock. */
    readonly startedAt: IsoTime;
  }
>;
/**
 * A recorder listens for this recording; a higher attempt follows when a recorder died.
 * @by Parley itself
 */
export type CaptureStarted = E<
  'CaptureStarted',
  {
    /** Number of this attempt, from 1. */
    readonly attempt: Integer;
    /** Id of the recorder; each start of a recorder's process has another. */
    readonly recorderId: string;
    /** Address at which the recorder listens. */
    readonly ip: string;
    /** UDP port at which the recorder listens. */
    readonly port: Integer;
    /** When it was noted. */
    readonly captureStartedAt: IsoTime;
  }
>;
/**
 * The recording takes in one more track.
 * @by Parley itself, as the media worker reports
 */
export type TrackAdded = E<
  'TrackAdded',
  {
    /** The track, and how the recorder receives it. */
    readonly track: RecordedTrack;
    /** When it was noted. */
    readonly addedAt: IsoTime;
  }
>;
/**
 * Nothing more is captured; one film is composed of what there is.
 * @by Parley itself, following MeetingRecordingStopped
 */
export type RecordingStopped = E<
  'RecordingStopped',
  {
    /** User id of who stopped it; `system` is Parley itself. */
    readonly stoppedBy: string;
    /** When it was stopped. */
    readonly stoppedAt: IsoTime;
  }
>;
/**
 * Composition went on to this share; noted at most every ten per cent.
 * @by Parley itself, as the recorder reports
 */
export type CompositionProgressed = E<
  'CompositionProgressed',
  {
    /** Share that is done, in per cent: 0 to 99. */
    readonly percent: Integer;
  }
>;
/**
 * The film is ready.
 * @by Parley itself, as the recorder reports
 */
export type RecordingCompleted = E<
  'RecordingCompleted',
  {
    /** How long the film runs, in seconds. */
    readonly durationSeconds: number;
    /** Size of the file in bytes. */
    readonly fileSizeBytes: Integer;
    /** Width of the picture in pixels. */
    readonly width: Integer;
    /** Height of the picture in pixels. */
    readonly height: Integer;
    /** When it was ready. */
    readonly completedAt: IsoTime;
  }
>;
/**
 * No film could be made of this recording.
 * @by Parley itself, as the recorder reports
 */
export type RecordingFailed = E<
  'RecordingFailed',
  {
    /** Why, in a sentence. */
    readonly reason: string;
    /** When it failed. */
    readonly failedAt: IsoTime;
  }
>;

/**
 * One recording: its capture while the meeting runs, and the composition of the film afterwards.
 * @stream recording-<recordingId>
 */
export type RecordingEvent =
  | RecordingCreated
  | CaptureStarted
  | TrackAdded
  | RecordingStopped
  | CompositionProgressed
  | RecordingCompleted
  | RecordingFailed;
