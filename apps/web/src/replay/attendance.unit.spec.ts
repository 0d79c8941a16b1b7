import { expect, it } from '@jest/globals';
import { momentEvent } from '#libs/domain';
import { attendanceOf, type Step, thinned } from './attendance.js';
import { joined, left, logged, tenMinutes } from './replay-examples.js';
import { timeAxis } from './time-axis.js';

const chart = (events: readonly Parameters<typeof momentEvent>[0][]) => {
  const moments = events.map(momentEvent);
  return attendanceOf(moments, timeAxis(moments));
};

it('a step is where the number of people changes: by joining, by leaving, by the end', () => {
  const { steps, peak } = chart(tenMinutes());
  expect(steps).toEqual([
    { place: 0, count: 0 },
    { place: 6000, count: 1 },
    { place: 66_000, count: 2 },
    { place: 486_000, count: 1 },
    { place: 606_000, count: 0 },
  ]);
  expect(peak).toEqual({ place: 66_000, count: 2 });
});

it('who comes with a second device or is told to have left twice counts once', () => {
  const { steps } = chart([
    logged(0, 'MeetingStarted'),
    joined(1, 'ada'),
    joined(2, 'ada'),
    left(3, 'ada'),
    left(4, 'ada'),
    joined(5, 'grace'),
  ]);
  expect(steps.map(({ count }) => count)).toEqual([0, 1, 0, 1]);
});

it('a recording lasts from its start to its stop, to the end of the meeting, or to what is known', () => {
  const events = tenMinutes();
  expect(chart(events).recorded).toEqual([[126_000, 306_000]]);
  const unstopped = events.filter(({ type }) => type !== 'MeetingRecordingStopped');
  expect(chart(unstopped).recorded).toEqual([[126_000, 606_000]]);
  expect(chart(events.slice(0, 6)).recorded).toEqual([
    [expect.any(Number), timeAxis(events.slice(0, 6).map(momentEvent)).length],
  ]);
});

it('an incident is a lost connection, a replaced worker or recorder, a failed recording, and nothing else', () => {
  const events = [
    left(1, 'ada', 'disconnected'),
    left(2, 'ada', 'removed'),
    logged(3, 'MediaPlaced', { mediaWorkerId: 'a' }),
    logged(4, 'MediaPlaced', { mediaWorkerId: 'b', replaces: 'a' }),
    logged(5, 'CaptureStarted', { recordingId: 'r', attempt: 1 }),
    logged(6, 'CaptureStarted', { recordingId: 'r', attempt: 2 }),
    logged(7, 'RecordingFailed', { recordingId: 'r', reason: 'x' }),
  ];
  expect(chart(events).incidents).toEqual([0, 3, 5, 6]);
});

it('many steps are thinned to what can be seen, and keep the peak and the last', () => {
  const steps: Step[] = Array.from({ length: 10_000 }, (_, n) => ({
    place: n,
    count: n === 5432 ? 99 : n % 5,
  }));
  const kept = thinned(steps, 9999, 100);
  expect(kept.length).toBeLessThanOrEqual(202);
  expect(kept).toContainEqual({ place: 5432, count: 99 });
  expect(kept.at(-1)).toEqual(steps.at(-1));
  expect(kept.map(({ place }) => place)).toEqual(kept.map(({ place }) => place).sort((a, b) => a - b));
  expect(thinned(steps.slice(0, 50), 49, 100)).toHaveLength(50);
});
