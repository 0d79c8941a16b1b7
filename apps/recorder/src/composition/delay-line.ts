import type { SidecarEntry } from '../capture/sidecar.js';

/** Sample of the smallest delay, milliseconds: a clock's error against arrival at a media time. */
interface Sample {
  readonly at: number;
  readonly smallest: number;
}
interface Era {
  readonly from: number;
  readonly offset: number;
  /** Milliseconds per millisecond: how much slower the source's clock runs than ours. */
  readonly slope: number;
}

/** From this long on a clock's drift shows; below it is lost in the jitter. */
const DRIFT_SHOWS_MS = 5 * 60_000;
/** No crystal is off by more than this. */
const MOST_DRIFT = 0.0003;
const MOST_POINTS = 100;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** The smallest samples of equal stretches of time. */
const lowest = (samples: readonly Sample[]): Sample[] => {
  const perPoint = Math.max(1, Math.ceil(samples.length / MOST_POINTS));
  const points: Sample[] = [];
  for (let i = 0; i < samples.length; i += perPoint) {
    points.push(
      samples.slice(i, i + perPoint).reduce((least, one) => (one.smallest < least.smallest ? one : least)),
    );
  }
  return points;
};

/** Slope by the median of all pairs (Theil and Sen), which outliers do not move. */
const driftOf = (samples: readonly Sample[]): number => {
  const span = samples.length > 0 ? samples.at(-1)!.at - samples[0]!.at : 0;
  if (span < DRIFT_SHOWS_MS) return 0;
  const points = lowest(samples);
  const slopes = points.flatMap((a, i) =>
    points.slice(i + 1).map(b => (b.at === a.at ? 0 : (b.smallest - a.smallest) / (b.at - a.at))),
  );
  return Math.max(-MOST_DRIFT, Math.min(MOST_DRIFT, median(slopes)));
};

const eraOf = (from: number, samples: readonly Sample[]): Era => {
  const slope = driftOf(samples);
  const offset = samples.reduce(
    (least, { at, smallest }) => Math.min(least, smallest - slope * at),
    Infinity,
  );
  return { from, slope, offset: samples.length > 0 ? offset : 0 };
};

/**
 * What to add to a track's times, milliseconds, so that all tracks are on one clock: the smallest delay of its packets
 * against its own clock, which is what the first packet, that the clock is anchored to, was too late; and its drift.
 */
export const delayLine = (entries: readonly SidecarEntry[]): ((at: number) => number) => {
  const eras: Era[] = [];
  let from = -Infinity;
  let samples: Sample[] = [];
  for (const entry of entries) {
    if (entry.event === 'delay') samples.push(entry);
    if (entry.event !== 'reanchor') continue;
    eras.push(eraOf(from, samples));
    from = entry.at;
    samples = [];
  }
  eras.push(eraOf(from, samples));
  return at => {
    const era = eras.findLast(one => one.from <= at) ?? eras[0]!;
    return era.offset + era.slope * at;
  };
};
