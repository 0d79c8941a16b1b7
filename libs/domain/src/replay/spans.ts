/** When something was so, on one clock, from changes told in order. */
export interface Spans {
  /** It is so, or not, from this time on; telling the same again changes nothing. */
  set(so: boolean, time: number): void;
  /** The spans in which it was so, cut at both ends; one still open lasts to the end. In order, apart, none empty. */
  within(start: number, end: number): readonly (readonly [from: number, to: number])[];
}

export const createSpans = (): Spans => {
  const spans: [from: number, to: number][] = [];
  let now = false;
  return {
    set: (so, time) => {
      const last = spans.at(-1);
      // Clocks of several nodes may step back a little: a change is never told to be before the one that it follows.
      const at = Math.max(time, last ? (now ? last[0] : last[1]) : time);
      if (so && !now) {
        if (last && last[1] === at) last[1] = Infinity;
        else spans.push([at, Infinity]);
      }
      if (!so && now && last) last[1] = at;
      now = so;
    },
    within: (start, end) =>
      spans
        .map(([from, to]) => [Math.max(from, start), Math.min(to, end)] as const)
        .filter(([from, to]) => from < to),
  };
};
