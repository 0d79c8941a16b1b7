import type { RecordedTrack } from '#libs/domain';

/** What media workers and recorders tell the api; the api turns each into a command. `factId` makes a repeat harmless. */
export type Fact = { readonly factId: string } & (
  | { readonly type: 'MediaWorkerStarted'; readonly mediaWorkerId: string; readonly slot: string }
  | {
      readonly type: 'ProducerClosed';
      readonly meetingId: string;
      readonly participantId: string;
      readonly producerId: string;
    }
  /** At most every 30 seconds for each participant, and never for silence. */
  | {
      readonly type: 'SpeechMeasured';
      readonly meetingId: string;
      readonly participantId: string;
      /** Above 0, to a tenth. */
      readonly seconds: number;
      /** ISO 8601, UTC, by the media worker's clock. */
      readonly measuredAt: string;
    }
  | {
      readonly type: 'RecordingTrackOpened';
      readonly meetingId: string;
      readonly recordingId: string;
      readonly track: RecordedTrack;
    }
  | { readonly type: 'RecorderStarted'; readonly recorderId: string; readonly slot: string }
  | { readonly type: 'KeyFrameNeeded'; readonly recordingId: string; readonly trackId: string }
  | { readonly type: 'CompositionProgressed'; readonly recordingId: string; readonly percent: number }
  | {
      readonly type: 'CompositionCompleted';
      readonly recordingId: string;
      readonly durationSeconds: number;
      readonly fileSizeBytes: number;
      readonly width: number;
      readonly height: number;
    }
  | { readonly type: 'CompositionFailed'; readonly recordingId: string; readonly reason: string }
);
