import { expect, it } from '@jest/globals';
import { momentEvent } from '#libs/domain';
import { cursorAfter, cursorAtIndex, cursorAtPlace, isAtEnd, placeOf } from './cursor.js';
import { type Player, reducePlayer } from './player.js';
import { tenMinutes } from './replay-examples.js';
import { timeAxis } from './time-axis.js';

const events = tenMinutes().map(momentEvent);
const axis = timeAxis(events);
const last = events.length - 1;
const player = (index: number, more: Partial<Player> = {}): Player => ({
  cursor: cursorAtIndex(axis, index),
  playing: false,
  speed: 10,
  following: false,
  ...more,
});

it('a cursor never leaves the line', () => {
  expect(cursorAtIndex(axis, -5)).toEqual({ index: 0, since: 0 });
  expect(cursorAtIndex(axis, 99).index).toBe(last);
  expect(placeOf(axis, cursorAtPlace(axis, -1))).toBe(0);
  expect(placeOf(axis, cursorAtPlace(axis, Infinity))).toBe(axis.length);
});

it('time goes on from where it is, through events, of several in one place to the last', () => {
  expect(cursorAfter(axis, cursorAtIndex(axis, 3), 500)).toEqual({ index: 3, since: 500 });
  expect(cursorAfter(axis, cursorAtIndex(axis, 3), 60_000)).toEqual({ index: 4, since: 0 });
  expect(cursorAfter(axis, cursorAtIndex(axis, 1), 1)).toEqual({ index: 2, since: 1 });
});

it('playing goes on by the speed, and stops at the end', () => {
  const playing = reducePlayer(player(3), { type: 'play', axis });
  const ticked = reducePlayer(playing, { type: 'tick', axis, ms: 100, goesOn: false });
  expect(placeOf(axis, ticked.cursor) - placeOf(axis, playing.cursor)).toBe(1000);
  const over = reducePlayer({ ...ticked, speed: 1000 }, { type: 'tick', axis, ms: 60_000, goesOn: false });
  expect(over).toMatchObject({ playing: false, following: false, cursor: { index: last } });
  expect(isAtEnd(axis, over.cursor)).toBe(true);
});

it('playing from the end begins anew', () => {
  expect(reducePlayer(player(last), { type: 'play', axis })).toMatchObject({
    playing: true,
    cursor: { index: 0 },
  });
});

it('reaching the end of a meeting that goes on is to follow it', () => {
  const ticked = reducePlayer(player(3, { playing: true, speed: 1000 }), {
    type: 'tick',
    axis,
    ms: 60_000,
    goesOn: true,
  });
  expect(ticked).toMatchObject({ playing: false, following: true, cursor: { index: last } });
});

it('what comes later moves the moment only while it is followed; choosing a moment ends that', () => {
  const shorter = timeAxis(events.slice(0, 5));
  const following = reducePlayer(player(0), { type: 'follow', axis: shorter });
  expect(following.cursor.index).toBe(4);
  expect(reducePlayer(following, { type: 'grown', axis }).cursor.index).toBe(last);
  const chosen = reducePlayer(following, { type: 'seek', to: cursorAtIndex(axis, 2) });
  expect(reducePlayer(chosen, { type: 'grown', axis })).toMatchObject({
    following: false,
    cursor: { index: 2 },
  });
});
