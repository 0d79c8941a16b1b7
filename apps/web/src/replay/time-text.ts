const two = (number: number): string => String(number).padStart(2, '0');

/** Milliseconds as `h:mm:ss`, rounded down; a minus before what was before the start. */
export const offsetText = (ms: number): string => {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const sign = ms <= -1000 ? '−' : '';
  return `${sign}${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
};

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** The time of day where the reader is. */
export const clockText = (time: number): string => clock.format(time);
export const dayText = (time: number): string => day.format(time);

const STEPS_S = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14_400, 43_200, 86_400];

/** Round offsets in milliseconds to write under a line of so many, at most `most` of them; 0 is the first. */
export const roundOffsets = (length: number, most: number): readonly number[] => {
  const seconds = length / 1000;
  const step = STEPS_S.find(one => seconds / one <= most) ?? Math.ceil(seconds / most / 86_400) * 86_400;
  return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, at) => at * step * 1000);
};
