import { describe, expect, test } from '@jest/globals';
import type { MediaSource } from '#libs/domain';
import type { ComposedParticipant, CompositionJob } from '#libs/work-queues';
import fc from 'fast-check';
import { framesOf, planSegments, type Segment } from './plan.js';
import type { Span } from './span.js';
import type { TrackTimeline } from './track-timeline.js';

const PICTURE = { width: 1280, height: 720, fps: 30 };

const person = (id: string, present: Span[], videoOn: Span[] = present): ComposedParticipant => ({
  participantId: id,
  displayName: id.toUpperCase(),
  present,
  videoOn,
});

const timeline = (
  trackId: string,
  participantId: string,
  spans: Span[],
  source: MediaSource = 'camera',
  sizes = [{ at: 0, width: 640, height: 360 }],
): TrackTimeline => ({
  track: {
    trackId,
    participantId,
    source,
    attempt: 1,
    producerId: trackId,
    kind: 'video',
    mimeType: 'video/VP8',
    clockRate: 90_000,
    ssrc: 1,
    payloadType: 96,
  },
  path: `/${trackId}.mkv`,
  fileSizeBytes: 1,
  spans,
  sizes,
  delayAt: () => 0,
});

const plan = (
  duration: number,
  participants: ComposedParticipant[],
  timelines: TrackTimeline[] = [],
): Segment[] => {
  const job: CompositionJob = { recordingId: 'r', meetingId: 'm', duration, participants, tracks: [] };
  return planSegments(job, timelines, PICTURE);
};
/** Each segment as "seconds: what its cells show". */
const summary = (segments: readonly Segment[]): string[] =>
  segments.map(
    ({ firstFrame, frames, cells }) =>
      `${firstFrame / 30}-${(firstFrame + frames) / 30}: ${cells.map(({ name, video }) => video?.trackId ?? name).join(' ')}`,
  );

describe('planSegments', () => {
  test('cuts where someone enters or leaves, and keeps the order of coming', () => {
    const people = [person('bea', [[2, 6]], []), person('ada', [[0, 4], [5, 6]], [])]; // prettier-ignore
    expect(summary(plan(6, people))).toEqual(['0-2: ADA', '2-4: ADA BEA', '4-5: BEA', '5-6: ADA BEA']);
  });

  test('shows the name while the camera is off or its track has no data', () => {
    const segments = plan(6, [person('ada', [[0, 6]], [[0, 4]])], [timeline('cam', 'ada', [[1, 2], [3, 6]])]); // prettier-ignore
    expect(summary(segments)).toEqual(['0-1: ADA', '1-2: cam', '2-3: ADA', '3-4: cam', '4-6: ADA']);
  });

  test('tracks of several attempts and negotiations each appear at their own times, the newest where two have data', () => {
    const tracks = [
      timeline('first', 'ada', [[0, 3]]),
      timeline('second', 'ada', [[2, 4]]),
      timeline('third', 'ada', [[5, 6]]),
    ];
    expect(summary(plan(6, [person('ada', [[0, 6]])], tracks))).toEqual([
      '0-2: first',
      '2-4: second',
      '4-5: ADA',
      '5-6: third',
    ]);
  });

  test('a shared screen gets the large cell, everyone is beside it', () => {
    const tracks = [timeline('cam', 'ada', [[0, 6]]), timeline('screen', 'ada', [[2, 4]], 'screen')];
    const segments = plan(6, [person('ada', [[0, 6]]), person('bea', [[0, 6]], [])], tracks);
    expect(summary(segments)).toEqual(['0-2: cam BEA', '2-4: screen cam BEA', '4-6: cam BEA']);
    const [screen, ...beside] = segments[1]!.cells;
    expect(screen).toMatchObject({ x: 0, y: 0, width: 960, height: 720, video: { width: 960, height: 540 } });
    expect(beside.map(({ x, width }) => [x, width])).toEqual([
      [960, 320],
      [960, 320],
    ]);
  });

  test('a picture that turns upright is fitted anew from there on', () => {
    const sizes = [
      { at: 0, width: 640, height: 360 },
      { at: 1, width: 320, height: 180 },
      { at: 3, width: 360, height: 640 },
    ];
    const segments = plan(6, [person('ada', [[0, 6]])], [timeline('cam', 'ada', [[0, 6]], 'camera', sizes)]);
    expect(
      segments.map(({ firstFrame, cells }) => [firstFrame, cells[0]!.video!.width, cells[0]!.video!.height]),
    ).toEqual([
      [0, 1280, 720],
      [90, 404, 720],
    ]);
  });

  test('long stretches are cut to pieces of a minute at most', () => {
    const segments = plan(150, []);
    expect(segments.map(({ firstFrame, frames }) => [firstFrame, frames])).toEqual([
      [0, 1500],
      [1500, 1500],
      [3000, 1500],
    ]);
  });

  test('no more than 49 cells, the last of which counts the others', () => {
    const people = Array.from({ length: 60 }, (_, i) => person(`p${i}`, [[0, 1]], []));
    const [segment] = plan(1, people);
    expect(segment!.cells).toHaveLength(49);
    expect(segment!.cells.at(-1)!.name).toBe('+ 12');
  });

  test('an empty or senseless duration becomes half a second', () => {
    expect([0, -1, NaN, Infinity, 0.1].map(duration => framesOf(duration, 30))).toEqual([15, 15, 15, 15, 15]);
  });

  test('whatever happens, segments cover the recording without gap or overlap, and cells stay inside it', () => {
    const span = fc.tuple(fc.double({ min: -5, max: 40 }), fc.double({ min: -5, max: 40 }));
    const spans = fc.array(span, { maxLength: 4 });
    const people = fc.array(fc.record({ present: spans, videoOn: spans, data: spans, screen: spans }), {
      maxLength: 9,
    });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 30, noNaN: true }), people, (duration, drawn) => {
        const segments = plan(
          duration,
          drawn.map(({ present, videoOn }, i) => person(`p${i}`, present, videoOn)),
          drawn.flatMap(({ data, screen }, i) => [
            timeline(`c${i}`, `p${i}`, data),
            timeline(`s${i}`, `p${i}`, screen, 'screen'),
          ]),
        );
        let next = 0;
        for (const { firstFrame, frames, cells } of segments) {
          expect(firstFrame).toBe(next);
          expect(frames).toBeGreaterThan(0);
          next += frames;
          for (const { x, y, width, height } of cells) {
            expect([x % 2, y % 2, width % 2, height % 2]).toEqual([0, 0, 0, 0]);
            expect(x >= 0 && y >= 0 && x + width <= 1280 && y + height <= 720).toBe(true);
          }
        }
        expect(next).toBe(framesOf(duration, 30));
      }),
    );
  });
});
