import type { DomainEvent } from '../aggregate.js';
import type { MediaKind, MediaSource } from '../participant/participant-events.js';

type E<Type extends string, Data> = DomainEvent<
  Type,
  { readonly recordingId: string; readonly meetingId: string } & Data
>;

/** One track of one participant, written to one file during one capture attempt. */
export interface RecordedTrack {
  readonly trackId: string;
  readonly attempt: number;
  readonly participantId: string;
  readonly producerId: string;
  readonly kind: MediaKind;
  readonly source: MediaSource;
  readonly mimeType: string;
  readonly clockRate: number;
  readonly channels?: number;
  /** RTP synchronisation source under which the recorder receives it. */
  readonly ssrc: number;
  readonly payloadType: number;
}

export type RecordingCreated = E<
  'RecordingCreated',
  { readonly title: string; readonly startedBy: string; readonly startedAt: string }
>;
/** A recorder listens for this recording; a higher attempt follows when a recorder died. */
export type CaptureStarted = E<
  'CaptureStarted',
  {
    readonly attempt: number;
    readonly recorderId: string;
    readonly ip: string;
    readonly port: number;
    readonly captureStartedAt: string;
  }
>;
export type TrackAdded = E<'TrackAdded', { readonly track: RecordedTrack; readonly addedAt: string }>;
export type RecordingStopped = E<
  'RecordingStopped',
  { readonly stoppedBy: string; readonly stoppedAt: string }
>;
/** Composition went on to this share; noted at most every ten per cent. */
export type CompositionProgressed = E<'CompositionProgressed', { readonly percent: number }>;
export type RecordingCompleted = E<
  'RecordingCompleted',
  {
    readonly durationSeconds: number;
    readonly fileSizeBytes: number;
    readonly width: number;
    readonly height: number;
    readonly completedAt: string;
  }
>;
export type RecordingFailed = E<'RecordingFailed', { readonly reason: string; readonly failedAt: string }>;

export type RecordingEvent =
  | RecordingCreated
  | CaptureStarted
  | TrackAdded
  | RecordingStopped
  | CompositionProgressed
  | RecordingCompleted
  | RecordingFailed;
