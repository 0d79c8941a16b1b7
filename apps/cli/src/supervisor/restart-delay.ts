const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 5000;
const HEALTHY_AFTER_MS = 30_000;

/**
 * How long to wait before a process that ended is started again, in milliseconds: not at all the first time, then
 * 200 ms, doubling to 5 s. A process that ran for 30 s was well, and counts as ending for the first time.
 */
export const restartDelay = (endedBefore: number): number =>
  endedBefore === 0 ? 0 : Math.min(FIRST_DELAY_MS * 2 ** (endedBefore - 1), LONGEST_DELAY_MS);

/** How often it ended without having been well in between, before an end after `ranForMs`. */
export const endsBefore = (ends: number, ranForMs: number): number =>
  ranForMs >= HEALTHY_AFTER_MS ? 0 : ends;
