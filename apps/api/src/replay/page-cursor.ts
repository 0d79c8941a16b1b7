import type { Direction, Position } from '#libs/event-log';

/** Where reading goes on, and which way: beyond a position, exclusive. */
export interface PageCursor {
  readonly direction: Direction;
  readonly at: Position;
}

/** `forwards.42` or `backwards.42`. */
export const cursorText = ({ direction, at }: PageCursor): string => `${direction}.${at}`;

/** Undefined for what is no cursor's text. */
export const parseCursor = (text: string): PageCursor | undefined => {
  const match = /^(forwards|backwards)\.(-1|0|[1-9]\d{0,15})$/.exec(text);
  const at = Number(match?.[2]);
  return match && Number.isSafeInteger(at) ? { direction: match[1] as Direction, at } : undefined;
};
