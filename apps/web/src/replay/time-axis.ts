import type { TimedEvent } from '#libs/domain';

/**
 * Where the events of a meeting lie on a line to look along. A place is in milliseconds from the first event. While the
 * meeting runs it is real time; long pauses before its start and after its end, such as the days for which it was planned
 * ahead, are drawn short.
 */
export interface TimeAxis {
  /** Place of the last event. */
  readonly length: number;
  /** Of each event, in log order; never falling. */
  readonly places: readonly number[];
  /** The last event at or before a place. */
  readonly indexAt: (place: number) => number;
  /** Time of a place, in milliseconds since 1970. */
  readonly timeAt: (place: number) => number;
  /** Milliseconds from the meeting's start to the time of a place; negative before it. */
  readonly offsetAt: (place: number) => number;
  /** The places between which the meeting ran. */
  readonly running: readonly [from: number, to: number];
}

const SHORTEST_PAUSE_MS = 1000;

/** Clocks of several nodes may step back a little: no event lies before the one that it follows. */
const risingTimes = (events: readonly TimedEvent[]): number[] => {
  let last = -Infinity;
  return events.map(event => (last = Math.max(last, Date.parse(event.time))));
};

export const timeAxis = (events: readonly TimedEvent[]): TimeAxis => {
  const times = risingTimes(events);
  const started = events.findIndex(event => event.type === 'MeetingStarted');
  const ended = events.findLastIndex(event => event.type === 'MeetingEnded');
  const first = started < 0 ? events.length : started;
  const last = ended < 0 ? events.length - 1 : ended;
  const time = (index: number): number => times[index] ?? 0;
  const longestPause = Math.max(SHORTEST_PAUSE_MS, first < last ? (time(last) - time(first)) / 100 : 0);

  const places: number[] = [];
  for (let index = 0; index < times.length; index++) {
    const gap = index === 0 ? 0 : time(index) - time(index - 1);
    const drawn = index > first && index <= last ? gap : Math.min(gap, longestPause);
    places.push((places[index - 1] ?? 0) + drawn);
  }
  const place = (index: number): number => places[index] ?? 0;

  const indexAt = (wanted: number): number => {
    let [low, high] = [0, places.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (place(middle) <= wanted) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const timeAt = (wanted: number): number => {
    const before = indexAt(wanted);
    const after = Math.min(before + 1, places.length - 1);
    const drawn = place(after) - place(before);
    const share = drawn > 0 ? Math.min(1, Math.max(0, (wanted - place(before)) / drawn)) : 0;
    return time(before) + share * (time(after) - time(before));
  };
  const origin = time(started < 0 ? 0 : started);
  return {
    length: place(places.length - 1),
    places,
    indexAt,
    timeAt,
    offsetAt: wanted => timeAt(wanted) - origin,
    running: first < last ? [place(first), place(last)] : [0, 0],
  };
};
