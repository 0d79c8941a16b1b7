import { MeetingError } from './meeting-error.js';

const FIRST_MS = 250;

/**
 * How long to wait before the next attempt, in milliseconds: twice as long each time, up to `most`, and never the same
 * for two clients, so that those who lost a server together do not come back together.
 * @param attempt 0 after the first one failed
 */
export const backOff = (attempt: number, most: number): number =>
  Math.min(FIRST_MS * 2 ** attempt, most) * (0.5 + Math.random() / 2);

/** The error of a request that the caller's signal ended. */
export const aborted = (signal: AbortSignal): MeetingError =>
  new MeetingError({
    code: 'ABORTED',
    status: 0,
    message: 'The request was aborted',
    cause: signal.reason as unknown,
  });

/** Waits so many milliseconds. @throws MeetingError ABORTED as soon as the signal says so */
export const pause = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      if (signal?.aborted) reject(aborted(signal));
      else resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end);
    if (signal?.aborted) end();
  });
