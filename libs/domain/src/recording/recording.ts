import type { Aggregate } from '../aggregate.js';
import { DomainError } from '../domain-error.js';
import type { RecordingCommand } from './recording-commands.js';
import type { RecordedTrack, RecordingEvent } from './recording-events.js';

export interface RecordingState {
  readonly status: 'none' | 'recording' | 'processing' | 'completed' | 'failed';
  readonly recordingId: string;
  readonly meetingId: string;
  readonly startedAt?: string;
  readonly stoppedAt?: string;
  /** Capture attempts so far; the latest one's recorder is the current one. */
  readonly attempt: number;
  readonly recorderId?: string;
  readonly ip?: string;
  readonly port?: number;
  readonly tracks: Readonly<Record<string, RecordedTrack>>;
  readonly percent: number;
}

const initial: RecordingState = {
  status: 'none',
  recordingId: '',
  meetingId: '',
  attempt: 0,
  tracks: {},
  percent: 0,
};

const decide = (state: RecordingState, command: RecordingCommand): readonly RecordingEvent[] => {
  const { recordingId, meetingId, status } = state;
  const own = { recordingId, meetingId };
  if (command.type === 'CreateRecording') {
    if (status !== 'none') return [];
    const { recordingId, meetingId, title, startedBy, startedAt } = command;
    return [{ type: 'RecordingCreated', data: { recordingId, meetingId, title, startedBy, startedAt } }];
  }
  if (status === 'none') throw new DomainError('RECORDING_NOT_FOUND');
  const finished = status === 'completed' || status === 'failed';

  switch (command.type) {
    case 'BeginCapture': {
      if (status !== 'recording' || state.recorderId === command.recorderId) return [];
      const { recorderId, ip, port, at } = command;
      return [
        {
          type: 'CaptureStarted',
          data: { ...own, attempt: state.attempt + 1, recorderId, ip, port, captureStartedAt: at },
        },
      ];
    }
    case 'AddTrack': {
      const { track, at } = command;
      if (status !== 'recording' || Object.hasOwn(state.tracks, track.trackId)) return [];
      return [{ type: 'TrackAdded', data: { ...own, track, addedAt: at } }];
    }
    case 'StopCapture': {
      if (status !== 'recording') return [];
      const { stoppedBy, stoppedAt } = command;
      return [{ type: 'RecordingStopped', data: { ...own, stoppedBy, stoppedAt } }];
    }
    case 'ReportProgress':
      if (status !== 'processing' || !(command.percent >= state.percent + 10)) return [];
      return [
        {
          type: 'CompositionProgressed',
          data: { ...own, percent: Math.min(99, Math.floor(command.percent)) },
        },
      ];
    case 'CompleteRecording': {
      if (status !== 'processing') return [];
      const { durationSeconds, fileSizeBytes, width, height, at } = command;
      return [
        {
          type: 'RecordingCompleted',
          data: { ...own, durationSeconds, fileSizeBytes, width, height, completedAt: at },
        },
      ];
    }
    case 'FailRecording':
      if (finished) return [];
      return [{ type: 'RecordingFailed', data: { ...own, reason: command.reason, failedAt: command.at } }];
  }
};

const evolve = (state: RecordingState, event: RecordingEvent): RecordingState => {
  switch (event.type) {
    case 'RecordingCreated': {
      const { recordingId, meetingId, startedAt } = event.data;
      return { ...state, status: 'recording', recordingId, meetingId, startedAt };
    }
    case 'CaptureStarted': {
      const { attempt, recorderId, ip, port } = event.data;
      return { ...state, attempt, recorderId, ip, port };
    }
    case 'TrackAdded':
      return { ...state, tracks: { ...state.tracks, [event.data.track.trackId]: event.data.track } };
    case 'RecordingStopped':
      return { ...state, status: 'processing', stoppedAt: event.data.stoppedAt };
    case 'CompositionProgressed':
      return { ...state, percent: event.data.percent };
    case 'RecordingCompleted':
      return { ...state, status: 'completed', percent: 100 };
    case 'RecordingFailed':
      return { ...state, status: 'failed' };
    default:
      return state;
  }
};

/** One recording: capture by a recorder while the meeting runs, then composition into one file. */
export const Recording: Aggregate<RecordingState, RecordingCommand, RecordingEvent> = {
  name: 'recording',
  initial,
  decide,
  evolve,
};
