import { expect, it } from '@jest/globals';
import { momentEvent } from '#libs/domain';
import { logged, START, tenMinutes } from './replay-examples.js';
import { timeAxis } from './time-axis.js';

const events = tenMinutes().map(momentEvent);
const axis = timeAxis(events);
const MINUTE = 60_000;

it('the days before the start and the hours after the end are drawn as short as a hundredth of the meeting', () => {
  const [from, to] = axis.running;
  expect([from, to - from, axis.length - to]).toEqual([6000, 10 * MINUTE, 6000]);
});

it('the meeting itself is drawn in real time, counted from its start', () => {
  const place = axis.places[3] ?? 0;
  expect(axis.offsetAt(place)).toBe(MINUTE);
  expect(axis.timeAt(place + 1234)).toBe(START + MINUTE + 1234);
  expect(axis.offsetAt(0)).toBe(-86_400_000);
  expect(axis.offsetAt(3000)).toBe(-43_200_000);
});

it('a place leads to the last event at or before it, of several in one place to the last', () => {
  expect(axis.indexAt(0)).toBe(0);
  expect(axis.indexAt(5999)).toBe(0);
  expect(axis.indexAt(6000)).toBe(2);
  expect(axis.indexAt(axis.length + 1)).toBe(events.length - 1);
  events.forEach((_, index) => expect(axis.indexAt(axis.places[index] ?? 0)).toBeGreaterThanOrEqual(index));
});

it('a clock that steps back moves nothing back', () => {
  const jumpy = [logged(0, 'MeetingStarted'), logged(10, 'HandRaised'), logged(9, 'HandLowered')].map(
    momentEvent,
  );
  expect(timeAxis(jumpy).places).toEqual([0, 10_000, 10_000]);
});

it('a meeting that never started, or is but one event, has a line too', () => {
  const planned = timeAxis(events.slice(0, 1));
  expect([planned.length, planned.indexAt(0), planned.offsetAt(0)]).toEqual([0, 0, 0]);
  expect(timeAxis([]).length).toBe(0);
});
