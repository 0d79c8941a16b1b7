/** A stretch of time, seconds since the recording's start. */
export type Span = readonly [from: number, to: number];

export const covers = ([from, to]: Span, time: number): boolean => from <= time && time < to;

/** The spans within the limits, in order, joined where they touch; what is empty or no number is left out. */
export const clipSpans = (spans: readonly Span[], from: number, to: number): Span[] => {
  const clipped = spans
    .map(([start, end]): Span => [Math.max(from, start), Math.min(to, end)])
    .filter(([start, end]) => end > start)
    .sort((a, b) => a[0] - b[0]);
  const joined: Span[] = [];
  for (const span of clipped) {
    const last = joined.at(-1);
    if (last && span[0] <= last[1]) joined[joined.length - 1] = [last[0], Math.max(last[1], span[1])];
    else joined.push(span);
  }
  return joined;
};
