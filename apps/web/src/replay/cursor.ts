import type { TimeAxis } from './time-axis.js';

/** The moment that is shown: the state after one event, so many milliseconds after it and before the next. */
export interface Cursor {
  readonly index: number;
  readonly since: number;
}

const within = (value: number, most: number): number => Math.max(0, Math.min(most, value));

/** On an event; the nearest one there is. */
export const cursorAtIndex = (axis: TimeAxis, index: number): Cursor => ({
  index: within(index, axis.places.length - 1),
  since: 0,
});

export const placeOf = (axis: TimeAxis, { index, since }: Cursor): number =>
  within((axis.places[index] ?? 0) + since, axis.length);

/** Of several events in one place, after the last. */
export const cursorAtPlace = (axis: TimeAxis, place: number): Cursor => {
  const near = within(place, axis.length);
  const index = axis.indexAt(near);
  return { index, since: near - (axis.places[index] ?? 0) };
};

/** So many milliseconds on. */
export const cursorAfter = (axis: TimeAxis, cursor: Cursor, ms: number): Cursor =>
  cursorAtPlace(axis, placeOf(axis, cursor) + ms);

export const isAtEnd = (axis: TimeAxis, cursor: Cursor): boolean =>
  cursor.index >= axis.places.length - 1 || placeOf(axis, cursor) >= axis.length;
