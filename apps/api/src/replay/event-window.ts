import { type Direction, type EventLog, type Position, START } from '#libs/event-log';
import { parseCursor } from './page-cursor.js';
import { wrongField } from './wrong-field.js';

/** A part of the log, and from which end it is read. */
export interface EventWindow {
  readonly direction: Direction;
  /** Only events after this position. */
  readonly after: Position;
  /** Only events before this position; to the head when absent. */
  readonly before?: Position;
  /** Where the log ended when the window was opened. */
  readonly head: Position;
}

/** What a request says of the part that it wants; times are ISO 8601. */
export interface WindowWish {
  readonly after?: Position;
  readonly since?: string;
  readonly before?: Position;
  /** Inclusive. */
  readonly until?: string;
  readonly direction?: Direction;
  /** Where an earlier page of the same request ended. */
  readonly cursor?: string;
  /** Where a live stream broke: the header Last-Event-ID. */
  readonly resumeAfter?: Position;
}

type Log = Pick<EventLog, 'head' | 'positionBefore' | 'readAll'>;

const requireKnown = (field: string, position: Position | undefined, head: Position): void => {
  if (position === undefined || position <= head) return;
  const end = head === START ? 'which is empty' : `whose last position is ${head}`;
  throw wrongField(field, `is a position beyond the end of the log, ${end}`);
};

const requirePast = (field: string, time: string | undefined, now: number): void => {
  if (time === undefined || Date.parse(time) <= now) return;
  const is = new Date(now).toISOString();
  throw wrongField(field, `lies in the future: it is ${is} now; leave ${field} out, or name a time before`);
};

const requireAgreement = ({ after, since, before, until }: WindowWish): void => {
  if (after !== undefined && since !== undefined)
    throw wrongField('since', 'says where to begin, as after does: give one of the two');
  if (before !== undefined && until !== undefined)
    throw wrongField('until', 'says where to end, as before does: give one of the two');
  if (after !== undefined && before !== undefined && after >= before)
    throw wrongField('after', 'must be smaller than before: nothing lies between them');
  if (since !== undefined && until !== undefined && Date.parse(since) > Date.parse(until))
    throw wrongField('since', 'is later than until: swap the two');
};

/** The position of the first event later than this time, if there is one. */
const firstLater = async (log: Log, time: string): Promise<Position | undefined> => {
  const next = new Date(Date.parse(time) + 1).toISOString();
  for await (const { position } of log.readAll({ from: await log.positionBefore(next), limit: 1 }))
    return position;
  return undefined;
};

/**
 * The part of the log that a request asks for.
 * @param now milliseconds since 1970
 * @throws DomainError VALIDATION_FAILED naming the field: a position that the log does not have, a time that is yet to
 *   come, fields that contradict each other, or a cursor that no page gave
 */
export const openWindow = async (log: Log, wish: WindowWish, now: number): Promise<EventWindow> => {
  requireAgreement(wish);
  requirePast('since', wish.since, now);
  requirePast('until', wish.until, now);
  const cursor = wish.cursor === undefined ? undefined : parseCursor(wish.cursor);
  if (wish.cursor !== undefined && !cursor)
    throw wrongField('cursor', 'must be the next_cursor of a page; leave it out for the first page');
  const direction = cursor?.direction ?? wish.direction ?? 'forwards';
  if (wish.direction !== undefined && wish.direction !== direction)
    throw wrongField('direction', `must be ${direction}, as the page was whose cursor this is`);

  const head = await log.head();
  requireKnown('after', wish.after, head);
  requireKnown('before', wish.before, head);
  requireKnown('cursor', cursor?.at, head);
  requireKnown('Last-Event-ID', wish.resumeAfter, head);
  const given = wish.resumeAfter ?? wish.after;
  const after = given ?? (wish.since === undefined ? START : await log.positionBefore(wish.since));
  const before = wish.before ?? (wish.until === undefined ? undefined : await firstLater(log, wish.until));
  if (!cursor) return { direction, after, before, head };
  return direction === 'forwards'
    ? { direction, after: Math.max(after, cursor.at), before, head }
    : { direction, after, before: Math.min(before ?? Infinity, cursor.at), head };
};

/** Whether a reader that comes to this position has left the window. */
export const isBeyond = ({ direction, after, before, head }: EventWindow, position: Position): boolean =>
  direction === 'forwards'
    ? position > head || (before !== undefined && position >= before)
    : position <= after;
