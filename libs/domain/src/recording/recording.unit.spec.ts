import { describe, expect, it } from '@jest/globals';
import { specify } from '../given-when-then.js';
import { SYSTEM } from '../principal.js';
import { Recording } from './recording.js';
import type { RecordingCommand } from './recording-commands.js';
import type { RecordedTrack, RecordingEvent } from './recording-events.js';

const { given } = specify(Recording);

const at = '2026-11-22T10:00:00.000Z';
const issued = { by: SYSTEM, at } as const;
const own = { recordingId: 'r1', meetingId: 'm1' };
const create = {
  ...issued,
  type: 'CreateRecording',
  ...own,
  title: 'Weekly',
  startedBy: 'ada',
  startedAt: at,
} as const;
const begin = (recorderId: string) =>
  ({ ...issued, type: 'BeginCapture', recorderId, ip: '127.0.0.1', port: 5000 }) as const;
const track = (trackId: string): RecordedTrack => ({
  trackId,
  attempt: 1,
  participantId: 'p1',
  producerId: 'v1',
  kind: 'video',
  source: 'camera',
  mimeType: 'video/VP8',
  clockRate: 90_000,
  ssrc: 1234,
  payloadType: 101,
});
const addTrack = (trackId: string) => ({ ...issued, type: 'AddTrack', track: track(trackId) }) as const;
const stop = { ...issued, type: 'StopCapture', stoppedBy: 'ada', stoppedAt: at } as const;
const progress = (percent: number) => ({ ...issued, type: 'ReportProgress', percent }) as const;
const result = { durationSeconds: 61.5, fileSizeBytes: 1_000_000, width: 1280, height: 720 };
const complete = { ...issued, type: 'CompleteRecording', ...result } as const;
const fail = { ...issued, type: 'FailRecording', reason: 'disk full' } as const;

const created: RecordingEvent = {
  type: 'RecordingCreated',
  data: { ...own, title: 'Weekly', startedBy: 'ada', startedAt: at },
};
const captured = (attempt: number, recorderId: string): RecordingEvent => ({
  type: 'CaptureStarted',
  data: { ...own, attempt, recorderId, ip: '127.0.0.1', port: 5000, captureStartedAt: at },
});
const trackAdded = (trackId: string): RecordingEvent => ({
  type: 'TrackAdded',
  data: { ...own, track: track(trackId), addedAt: at },
});
const stopped: RecordingEvent = {
  type: 'RecordingStopped',
  data: { ...own, stoppedBy: 'ada', stoppedAt: at },
};
const progressed = (percent: number): RecordingEvent => ({
  type: 'CompositionProgressed',
  data: { ...own, percent },
});
const completed: RecordingEvent = {
  type: 'RecordingCompleted',
  data: { ...own, ...result, completedAt: at },
};
const failed: RecordingEvent = {
  type: 'RecordingFailed',
  data: { ...own, reason: 'disk full', failedAt: at },
};

const recording = [created, captured(1, 'rec-a')] as const;
const processing = [...recording, stopped] as const;

describe('a recording', () => {
  it('is created once', () => {
    given().when(create).then(created);
    given(created).when(create).then();
  });
  const commands: RecordingCommand[] = [begin('rec-a'), addTrack('t1'), stop, progress(10), complete, fail];
  it.each(commands)('not created refuses $type', command =>
    given().when(command).thenRefused('RECORDING_NOT_FOUND'),
  );
  it.each([create, ...commands])('completed changes no more by $type', command =>
    given(...processing, completed)
      .when(command)
      .then(),
  );
  it.each([create, ...commands])('failed changes no more by $type', command =>
    given(...recording, failed)
      .when(command)
      .then(),
  );
});

describe('capture', () => {
  it('begins with the first attempt', () => given(created).when(begin('rec-a')).then(captured(1, 'rec-a')));
  it('goes on with the next attempt at another recorder', () =>
    given(...recording)
      .when(begin('rec-b'))
      .then(captured(2, 'rec-b')));
  it('begins once at each recorder', () =>
    given(...recording)
      .when(begin('rec-a'))
      .then());
  it('begins no more once stopped', () =>
    given(...processing)
      .when(begin('rec-b'))
      .then());
  it('takes each track once', () => {
    given(...recording)
      .when(addTrack('t1'))
      .then(trackAdded('t1'));
    given(...recording, trackAdded('t1'))
      .when(addTrack('t1'))
      .then();
    given(...recording, trackAdded('t1'))
      .when(addTrack('t2'))
      .then(trackAdded('t2'));
  });
  it('takes no track once stopped', () =>
    given(...processing)
      .when(addTrack('t1'))
      .then());
  it('stops once', () => {
    given(...recording)
      .when(stop)
      .then(stopped);
    given(...processing)
      .when(stop)
      .then();
  });
  it('may stop before any recorder answered', () => given(created).when(stop).then(stopped));
});

describe('composition', () => {
  it('notes its progress', () =>
    given(...processing)
      .when(progress(12.7))
      .then(progressed(12)));
  it('notes its progress at most every ten per cent', () => {
    given(...processing)
      .when(progress(9.9))
      .then();
    given(...processing, progressed(12))
      .when(progress(21))
      .then();
    given(...processing, progressed(12))
      .when(progress(22))
      .then(progressed(22));
  });
  it('notes no way back, and nothing that is no number', () => {
    given(...processing, progressed(40))
      .when(progress(10))
      .then();
    given(...processing, progressed(40))
      .when(progress(Number.NaN))
      .then();
  });
  it('is not done before it says so', () =>
    given(...processing)
      .when(progress(100))
      .then(progressed(99)));
  it('has no progress before capture stopped', () =>
    given(...recording)
      .when(progress(50))
      .then());
  it('completes the recording', () => {
    given(...processing, progressed(40))
      .when(complete)
      .then(completed);
    expect(given(...processing, completed).state).toMatchObject({ status: 'completed', percent: 100 });
  });
  it('completes nothing before capture stopped', () =>
    given(...recording)
      .when(complete)
      .then());
  it('may fail, as capture may', () => {
    given(...processing)
      .when(fail)
      .then(failed);
    given(...recording)
      .when(fail)
      .then(failed);
  });
});
