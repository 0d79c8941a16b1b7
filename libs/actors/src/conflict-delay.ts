/** Longest wait between two attempts, in milliseconds. */
const LONGEST = 40;

/** Attempts on a stream that others write to as well, before its commands are refused as OVERLOADED. */
export const MAX_ATTEMPTS = 20;

/** Milliseconds to wait before attempt `attempt` (from 1): the first repeat at once, then a random share of a doubling limit. */
export const conflictDelay = (attempt: number, random: () => number = Math.random): number =>
  attempt <= 1 ? 0 : random() * Math.min(LONGEST, 2 ** (attempt - 1));
