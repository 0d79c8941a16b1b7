import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyRecord, expectReplayable, HOSTILE_IDS, runSequence, type Step } from '../any-sequence.js';
import { SYSTEM } from '../principal.js';
import { Recording, type RecordingState } from './recording.js';
import type { RecordingCommand } from './recording-commands.js';
import type { RecordingEvent } from './recording-events.js';

const at = '2026-11-22T10:00:00.000Z';
const issued = { by: fc.constant(SYSTEM), at: fc.constant(at) };
const trackId = fc.constantFrom('t1', 't2', 't3', ...HOSTILE_IDS);

const create: fc.Arbitrary<RecordingCommand> = anyRecord({
  ...issued,
  type: fc.constant('CreateRecording'),
  recordingId: fc.constant('r1'),
  meetingId: fc.constant('m1'),
  title: fc.constant('Weekly'),
  startedBy: fc.constant('ada'),
  startedAt: fc.constant(at),
});
const anyCommand: fc.Arbitrary<RecordingCommand> = fc.oneof(
  { weight: 1, arbitrary: create },
  {
    weight: 4,
    arbitrary: anyRecord({
      ...issued,
      type: fc.constant('BeginCapture'),
      recorderId: fc.constantFrom('rec-a', 'rec-b', 'rec-c'),
      ip: fc.constant('127.0.0.1'),
      port: fc.integer({ min: 1, max: 65_535 }),
    }),
  },
  {
    weight: 6,
    arbitrary: trackId.map(trackId => ({
      type: 'AddTrack' as const,
      by: SYSTEM,
      at,
      track: {
        trackId,
        attempt: 1,
        participantId: 'p1',
        producerId: 'v1',
        kind: 'video' as const,
        source: 'camera' as const,
        mimeType: 'video/VP8',
        clockRate: 90_000,
        ssrc: 1,
        payloadType: 101,
      },
    })),
  },
  {
    weight: 2,
    arbitrary: anyRecord({
      ...issued,
      type: fc.constant('StopCapture'),
      stoppedBy: fc.constant('ada'),
      stoppedAt: fc.constant(at),
    }),
  },
  {
    weight: 8,
    arbitrary: anyRecord({
      ...issued,
      type: fc.constant('ReportProgress'),
      percent: fc.double({ min: -10, max: 120 }),
    }),
  },
  {
    weight: 1,
    arbitrary: anyRecord({
      ...issued,
      type: fc.constant('CompleteRecording'),
      durationSeconds: fc.constant(60),
      fileSizeBytes: fc.constant(1e6),
      width: fc.constant(1280),
      height: fc.constant(720),
    }),
  },
  {
    weight: 1,
    arbitrary: anyRecord({ ...issued, type: fc.constant('FailRecording'), reason: fc.constant('disk full') }),
  },
);
const anyCommands = fc
  .tuple(create, fc.array(anyCommand, { maxLength: 30, size: 'max' }))
  .map(([first, rest]) => [first, ...rest]);

type RecordingStep = Step<RecordingState, RecordingCommand, RecordingEvent>;
const always = (check: (step: RecordingStep, log: readonly RecordingEvent[]) => void): void =>
  fc.assert(
    fc.property(anyCommands, commands =>
      runSequence(Recording, commands).forEach(step => check(step, [...step.history, ...step.events])),
    ),
    { numRuns: 120 },
  );
const typesOf = (log: readonly RecordingEvent[]) => log.map(({ type }) => type);

it('the events are plain JSON and lead to the same state again, from the beginning and from any snapshot', () =>
  fc.assert(
    fc.property(fc.tuple(fc.array(anyCommand, { maxLength: 1 }), anyCommands), ([stray, commands]) =>
      expectReplayable(Recording, runSequence(Recording, [...stray, ...commands])),
    ),
    { numRuns: 100 },
  ));

it('a recording’s life is: created, captured with tracks, stopped, composed, completed; or failed before its end', () =>
  always((_step, log) => {
    // One letter for each event, so that the whole life can be held against one expression.
    const LETTERS: Readonly<Record<RecordingEvent['type'], string>> = {
      RecordingCreated: 'C',
      CaptureStarted: 'a',
      TrackAdded: 't',
      RecordingStopped: 'S',
      CompositionProgressed: 'p',
      RecordingCompleted: 'D',
      RecordingFailed: 'F',
    };
    const life = typesOf(log).map(type => LETTERS[type]);
    expect(life.join('')).toMatch(/^(C[at]*(F|(Sp*[DF]?)?))?$/u);
  }));

it('the status tells how far it came', () =>
  always(({ after }, log) => {
    const types = typesOf(log);
    const status = types.includes('RecordingFailed')
      ? 'failed'
      : types.includes('RecordingCompleted')
        ? 'completed'
        : types.includes('RecordingStopped')
          ? 'processing'
          : 'recording';
    expect(after.status).toBe(status);
  }));

it('attempts count up by one, each at another recorder than the one before', () =>
  always(({ after }, log) => {
    const attempts = log.flatMap(event => (event.type === 'CaptureStarted' ? [event.data] : []));
    attempts.forEach(({ attempt, recorderId }, index) => {
      expect(attempt).toBe(index + 1);
      expect(recorderId).not.toBe(attempts[index - 1]?.recorderId);
    });
    expect(after.attempt).toBe(attempts.length);
    expect(after.recorderId).toBe(attempts.at(-1)?.recorderId);
  }));

it('every track is taken once and kept', () =>
  always(({ after }, log) => {
    const added = log.flatMap(event => (event.type === 'TrackAdded' ? [event.data.track.trackId] : []));
    expect(new Set(added).size).toBe(added.length);
    expect(Object.keys(after.tracks).sort()).toEqual(added.sort());
  }));

it('progress rises by whole steps of ten per cent or more and reaches 100 only with the file', () =>
  always(({ after }, log) => {
    const percents = log.flatMap(event =>
      event.type === 'CompositionProgressed' ? [event.data.percent] : [],
    );
    percents.forEach((percent, index) => {
      expect(Number.isInteger(percent)).toBe(true);
      expect(percent).toBeLessThan(100);
      // The last step may be cut short at 99.
      expect(percent).toBeGreaterThanOrEqual(Math.min(99, (percents[index - 1] ?? 0) + 10));
    });
    expect(after.percent === 100).toBe(after.status === 'completed');
  }));

it('the sequences tried lead to every kind of event that a recording has', () => {
  const seen = fc
    .sample(anyCommands, { numRuns: 200, seed: 1 })
    .flatMap(commands => runSequence(Recording, commands).flatMap(({ events }) => typesOf(events)));
  expect(new Set(seen).size).toBe(7);
});
