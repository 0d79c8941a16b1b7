import type { Issued } from '../principal.js';
import type { RecordedTrack } from './recording-events.js';

export interface CreateRecording extends Issued {
  readonly type: 'CreateRecording';
  readonly recordingId: string;
  readonly meetingId: string;
  readonly title: string;
  readonly startedBy: string;
  readonly startedAt: string;
}
export interface BeginCapture extends Issued {
  readonly type: 'BeginCapture';
  readonly recorderId: string;
  readonly ip: string;
  readonly port: number;
}
export interface AddTrack extends Issued {
  readonly type: 'AddTrack';
  readonly track: RecordedTrack;
}
export interface StopCapture extends Issued {
  readonly type: 'StopCapture';
  readonly stoppedBy: string;
  readonly stoppedAt: string;
}
export interface ReportProgress extends Issued {
  readonly type: 'ReportProgress';
  readonly percent: number;
}
export interface CompleteRecording extends Issued {
  readonly type: 'CompleteRecording';
  readonly durationSeconds: number;
  readonly fileSizeBytes: number;
  readonly width: number;
  readonly height: number;
}
export interface FailRecording extends Issued {
  readonly type: 'FailRecording';
  readonly reason: string;
}

export type RecordingCommand =
  | CreateRecording
  | BeginCapture
  | AddTrack
  | StopCapture
  | ReportProgress
  | CompleteRecording
  | FailRecording;
