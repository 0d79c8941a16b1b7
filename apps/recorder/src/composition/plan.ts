import type { ComposedParticipant, CompositionJob } from '#libs/work-queues';
import { fit, grid, spotlight, type Rectangle } from './layout.js';
import { clipSpans, covers, type Span } from './span.js';
import type { TrackTimeline } from './track-timeline.js';

export interface Cell extends Rectangle {
  readonly name: string;
  /** Without it the cell is a tile with the name. */
  readonly video?: { readonly trackId: string; readonly width: number; readonly height: number };
}

/** A stretch of the recording with one layout. */
export interface Segment {
  readonly firstFrame: number;
  readonly frames: number;
  readonly cells: readonly Cell[];
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
}

/** Shorter is no movie that players like. */
const LEAST_SECONDS = 0.5;
/** Longer stretches are cut, so that work is spread, resumed and reported in pieces. */
const MOST_SECONDS = 60;
/** A grid of 7 x 7 is the smallest that says anything, and FFmpeg opens a file for each. */
const MOST_CELLS = 49;

interface Shown {
  readonly name: string;
  readonly timeline?: TrackTimeline;
}

const sizeAt = ({ sizes }: TrackTimeline, time: number): { width: number; height: number } =>
  sizes.findLast(({ at }) => at <= time) ?? sizes[0] ?? { width: 16, height: 9 };

const spanAt = ({ spans }: TrackTimeline, time: number): Span | undefined =>
  spans.find(span => covers(span, time));

/** Of several tracks with data at a time the one that began last: it came after a new negotiation or a new recorder. */
const newest = (timelines: readonly TrackTimeline[], time: number): TrackTimeline | undefined =>
  timelines
    .filter(timeline => spanAt(timeline, time))
    .sort((a, b) => spanAt(b, time)![0] - spanAt(a, time)![0] || b.track.attempt - a.track.attempt)[0];

/** Who and what is in the picture at a time: shared screens, the newest first, and everyone who is present. */
const shownAt = (
  time: number,
  people: readonly ComposedParticipant[],
  timelines: readonly TrackTimeline[],
) => {
  const present = people.filter(person => person.present.some(span => covers(span, time)));
  const tracksOf = (person: ComposedParticipant, source: string) =>
    timelines.filter(({ track }) => track.participantId === person.participantId && track.source === source);
  const screens = present
    .flatMap(person => {
      const timeline = newest(tracksOf(person, 'screen'), time);
      return timeline ? [{ name: `${person.displayName} · screen`, timeline }] : [];
    })
    .sort((a, b) => spanAt(b.timeline, time)![0] - spanAt(a.timeline, time)![0]);
  const faces = present.map((person): Shown => {
    const on = person.videoOn.some(span => covers(span, time));
    return { name: person.displayName, timeline: on ? newest(tracksOf(person, 'camera'), time) : undefined };
  });
  return { screens, faces };
};

const cellOf = ({ name, timeline }: Shown, rectangle: Rectangle, time: number): Cell => {
  if (!timeline) return { ...rectangle, name };
  return {
    ...rectangle,
    name,
    video: { trackId: timeline.track.trackId, ...fit(sizeAt(timeline, time), rectangle) },
  };
};

const cellsAt = (
  time: number,
  people: readonly ComposedParticipant[],
  timelines: readonly TrackTimeline[],
  area: Rectangle,
): Cell[] => {
  const { screens, faces } = shownAt(time, people, timelines);
  const all: Shown[] = [...screens, ...faces];
  const shown = all.length > MOST_CELLS ? all.slice(0, MOST_CELLS - 1) : all;
  if (shown.length < all.length) shown.push({ name: `+ ${all.length - shown.length}` });
  if (screens.length === 0) {
    const rectangles = grid(shown.length, area);
    return shown.map((one, i) => cellOf(one, rectangles[i]!, time));
  }
  const { large, beside } = spotlight(shown.length - 1, area);
  return shown.map((one, i) => cellOf(one, i === 0 ? large : beside[i - 1]!, time));
};

/** Frames of the whole recording: its duration to the nearest frame. */
export const framesOf = (duration: number, fps: number): number =>
  Math.round(Math.max(LEAST_SECONDS, Number.isFinite(duration) ? duration : 0) * fps);

/**
 * Cuts a recording into segments of constant layout, covering it without gap or overlap: a cut wherever someone enters or
 * leaves, a camera goes on or off, a shared screen begins or ends, or a track's data begin, end or change their shape.
 */
export const planSegments = (
  job: CompositionJob,
  timelines: readonly TrackTimeline[],
  { width, height, fps }: Picture,
): Segment[] => {
  const total = framesOf(job.duration, fps);
  const end = total / fps;
  const people = job.participants.map(person => ({
    ...person,
    present: clipSpans(person.present, 0, end),
    videoOn: clipSpans(person.videoOn, 0, end),
  }));
  // In order of their coming, so that nobody's cell moves because of a later one.
  people.sort((a, b) => (a.present[0]?.[0] ?? end) - (b.present[0]?.[0] ?? end));

  const times = [
    ...people.flatMap(person => [...person.present, ...person.videoOn].flat()),
    ...timelines.flatMap(({ spans, sizes }) => [...spans.flat(), ...sizes.map(({ at }) => at)]),
  ];
  const cuts = new Set(times.map(time => Math.round(time * fps)).filter(frame => frame > 0 && frame < total));
  const starts = [0, ...[...cuts].sort((a, b) => a - b)];

  const segments: Segment[] = [];
  const area = { x: 0, y: 0, width: width - (width % 2), height: height - (height % 2) };
  starts.forEach((firstFrame, i) => {
    const frames = (starts[i + 1] ?? total) - firstFrame;
    const cells = cellsAt((firstFrame + frames / 2) / fps, people, timelines, area);
    const last = segments.at(-1);
    if (last && JSON.stringify(last.cells) === JSON.stringify(cells)) {
      segments[segments.length - 1] = { ...last, frames: last.frames + frames };
    } else segments.push({ firstFrame, frames, cells });
  });
  return segments.flatMap(segment => splitLong(segment, MOST_SECONDS * fps));
};

const splitLong = ({ firstFrame, frames, cells }: Segment, most: number): Segment[] => {
  const pieces = Math.ceil(frames / most);
  const cut = (piece: number): number => Math.round((frames * piece) / pieces);
  return Array.from({ length: pieces }, (_, i) => ({
    firstFrame: firstFrame + cut(i),
    frames: cut(i + 1) - cut(i),
    cells,
  }));
};
