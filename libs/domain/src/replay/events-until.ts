/**
 * The beginning of a log that ends with the last event not later than `time` (milliseconds since 1970). A beginning, not a
 * selection: clocks of several nodes may differ a little, and what an event follows from must never be missing.
 */
export const eventsUntil = <E extends { readonly time: string }>(
  events: readonly E[],
  time: number,
): readonly E[] => events.slice(0, events.findLastIndex(event => Date.parse(event.time) <= time) + 1);
