import { useEffect, useReducer, type Dispatch } from 'react';
import { cursorAtIndex } from './cursor.js';
import { type Player, type PlayerAction, reducePlayer } from './player.js';
import type { StartMoment } from './start-moment.js';
import type { TimeAxis } from './time-axis.js';

/** Often enough to look smooth, seldom enough for a phone. */
const TICK_MS = 100;

const begin = ([axis, start]: readonly [TimeAxis, StartMoment]): Player => ({
  cursor: cursorAtIndex(axis, start.index),
  playing: false,
  speed: 10,
  following: start.following,
});

/**
 * What is shown, and how to change it.
 * @param goesOn whether more may happen in the meeting
 */
export const usePlayer = (
  axis: TimeAxis,
  start: StartMoment,
  goesOn: boolean,
): readonly [Player, Dispatch<PlayerAction>] => {
  const [player, act] = useReducer(reducePlayer, [axis, start] as const, begin);

  useEffect(() => act({ type: 'grown', axis }), [axis]);

  useEffect(() => {
    if (!player.playing) return;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      act({ type: 'tick', axis, ms: now - last, goesOn });
      last = now;
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [player.playing, axis, goesOn]);

  return [player, act];
};
