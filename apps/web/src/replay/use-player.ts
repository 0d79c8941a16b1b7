import { useEffect, useReducer, type Dispatch } from 'react';
import { cursorAtIndex } from './cursor.js';
import { type Player, type PlayerAction, reducePlayer } from './player.js';
import { indexOfPosition, type RecordedMeeting } from './recorded-meeting.js';
import type { TimeAxis } from './time-axis.js';

/** Often enough to look smooth, seldom enough for a phone. */
const TICK_MS = 100;

/** Position in the address, `?at=`; undefined where there is none that makes sense. */
export const positionIn = (search: string): number | undefined => {
  const at = new URLSearchParams(search).get('at');
  return at !== null && /^\d{1,16}$/.test(at) && Number.isSafeInteger(Number(at)) ? Number(at) : undefined;
};

/** Begins where the address says; else at the beginning, or, while the meeting goes on, at what comes last. */
const begin = ([record, axis, goesOn]: readonly [RecordedMeeting, TimeAxis, boolean]): Player => {
  const position = positionIn(location.search);
  const following = position === undefined && goesOn;
  const index = following
    ? record.events.length - 1
    : position === undefined
      ? 0
      : indexOfPosition(record, position);
  return { cursor: cursorAtIndex(axis, index), playing: false, speed: 10, following };
};

export const usePlayer = (
  record: RecordedMeeting,
  axis: TimeAxis,
  goesOn: boolean,
): readonly [Player, Dispatch<PlayerAction>] => {
  const [player, act] = useReducer(reducePlayer, [record, axis, goesOn] as const, begin);

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
