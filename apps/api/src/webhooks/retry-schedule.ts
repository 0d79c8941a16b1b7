const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * Milliseconds before each further attempt, after the first one, which is made at once: a bit more than 24 hours in all.
 * Begins as Standard Webhooks advises: https://www.standardwebhooks.com
 */
export const RETRY_PAUSES: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  6 * HOUR,
  10.5 * HOUR,
];
/** Up to this share is added, so that receivers that come back are not called by all at once. */
const JITTER = 0.1;
/** The longest that a receiver may ask to wait. */
const LONGEST_WISH = HOUR;

/**
 * Milliseconds until the next attempt; undefined when the last one was made.
 * @param attempts made so far
 * @param wish what the receiver asked to wait, in milliseconds: never sooner than by the schedule
 * @param random from 0 to 1
 */
export const pauseAfter = (
  attempts: number,
  wish = 0,
  pauses: readonly number[] = RETRY_PAUSES,
  random: number = Math.random(),
): number | undefined => {
  const pause = pauses[attempts - 1];
  if (pause === undefined) return undefined;
  return Math.round(Math.max(pause * (1 + JITTER * random), Math.min(wish, LONGEST_WISH)));
};
