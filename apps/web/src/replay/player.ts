import { type Cursor, cursorAfter, cursorAtIndex, isAtEnd } from './cursor.js';
import type { TimeAxis } from './time-axis.js';

/** How many times as fast as it happened. */
export const SPEEDS = [1, 10, 100, 1000] as const;
export type Speed = (typeof SPEEDS)[number];

export interface Player {
  readonly cursor: Cursor;
  readonly playing: boolean;
  readonly speed: Speed;
  /** Shows whatever comes last, as it comes. */
  readonly following: boolean;
}

export type PlayerAction =
  | { readonly type: 'seek'; readonly to: Cursor }
  | { readonly type: 'play'; readonly axis: TimeAxis }
  | { readonly type: 'pause' }
  | { readonly type: 'speed'; readonly speed: Speed }
  | { readonly type: 'follow'; readonly axis: TimeAxis }
  /** Real milliseconds went by. `goesOn`: whether the end may move, so that reaching it is to follow it. */
  | { readonly type: 'tick'; readonly axis: TimeAxis; readonly ms: number; readonly goesOn: boolean }
  /** Later events came. */
  | { readonly type: 'grown'; readonly axis: TimeAxis };

const end = (axis: TimeAxis): Cursor => cursorAtIndex(axis, axis.places.length - 1);

export const reducePlayer = (player: Player, action: PlayerAction): Player => {
  switch (action.type) {
    case 'seek':
      return { ...player, cursor: action.to, following: false };
    case 'play': {
      const cursor = isAtEnd(action.axis, player.cursor) ? cursorAtIndex(action.axis, 0) : player.cursor;
      return { ...player, cursor, playing: true, following: false };
    }
    case 'pause':
      return { ...player, playing: false };
    case 'speed':
      return { ...player, speed: action.speed };
    case 'follow':
      return { ...player, cursor: end(action.axis), playing: false, following: true };
    case 'tick': {
      if (!player.playing) return player;
      const cursor = cursorAfter(action.axis, player.cursor, action.ms * player.speed);
      if (!isAtEnd(action.axis, cursor)) return { ...player, cursor };
      return { ...player, cursor: end(action.axis), playing: false, following: action.goesOn };
    }
    case 'grown':
      return player.following ? { ...player, cursor: end(action.axis) } : player;
  }
};
