import type { Position } from '#libs/event-log';
import { refused } from './message-frame.js';

/**
 * Where the client left off, as `last_position` of the address says; undefined where it says nothing.
 * @param head the last position there is
 * @throws DomainError VALIDATION_FAILED naming `last_position`
 */
export const lastPosition = (query: URLSearchParams, head: Position): Position | undefined => {
  const text = query.get('last_position');
  if (text === null) return undefined;
  const position = /^(-1|\d{1,16})$/.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(position))
    throw refused('last_position', 'must be the position of a message that you got, or -1 for all there was');
  if (position > head)
    throw refused('last_position', `is beyond the end of the log, whose last position is ${head}`);
  return position;
};
