import { timeline, type MomentEvent } from '#libs/domain';

const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** Milliseconds as `h:mm:ss.t`. */
export const clock = (ms: number): string => {
  const tenths = Math.round(Math.abs(ms) / 100);
  const seconds = Math.floor(tenths / 10);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${ms < 0 ? '-' : ''}${h}:${twoDigits(m)}:${twoDigits(s)}.${tenths % 10}`;
};

/** A meeting's timeline, one line an event, timed from the meeting's start. */
export const timelineText = (events: readonly MomentEvent[]): string =>
  timeline(events)
    .map(({ offset, text }) => `${clock(offset).padStart(10)}  ${text}\n`)
    .join('');
