import { type EventLog, type Position, START } from '#libs/event-log';
import { type EventSelection, selects } from './event-selection.js';
import { type EventWindow, isBeyond } from './event-window.js';
import { meetingEvents } from './meeting-events.js';
import { cursorText } from './page-cursor.js';
import { shownJson } from './shown-json.js';
import { streamEvents } from './stream-events.js';

/** Events that one page looks at; a filter that fits few of them gives a short page, or an empty one. */
export const LOOKED_AT_BY_A_PAGE = 20_000;
/** Characters of JSON and milliseconds after which a page ends early. */
const PAGE_SIZE = 8 * 1_048_576;
const PAGE_MS = 1_000;

export interface EventPage {
  /** Each event as JSON. */
  readonly events: readonly string[];
  /** Position of the last event that the page shows. */
  readonly lastShown?: Position;
  /** Position of the last event that was looked at, shown or not. */
  readonly lastLookedAt?: Position;
  /** Whether the window goes on beyond what was looked at. */
  readonly hasMore: boolean;
}

type Log = Pick<EventLog, 'readAll' | 'readStream'>;

/** The fewest events of the window that the selection lies among, and of which each tells how far reading has come. */
const candidates = (log: Log, selection: EventSelection, window: EventWindow) => {
  const { stream, meetingId } = selection;
  const { direction, after, before } = window;
  if (stream && !stream.isPrefix) return streamEvents(log, stream.name, window);
  if (meetingId !== undefined) return meetingEvents(log, meetingId, window);
  const from = direction === 'forwards' ? after : before;
  return log.readAll({ direction, from, limit: LOOKED_AT_BY_A_PAGE + 1 });
};

/**
 * The next events of a window that fit, at most so many. The work is bounded: a page ends early, and may be empty, when it
 * has looked at much in vain; `lastLookedAt` is where the next one goes on.
 */
export const readPage = async (
  log: Log,
  selection: EventSelection,
  window: EventWindow,
  { limit, userId }: { readonly limit: number; readonly userId: string },
): Promise<EventPage> => {
  const fits = selects(selection);
  const events: string[] = [];
  const begun = performance.now();
  let [lookedAt, size] = [0, 0];
  let lastShown: Position | undefined;
  let lastLookedAt: Position | undefined;
  for await (const event of candidates(log, selection, window)) {
    if (isBeyond(window, event.position)) break;
    const isFull = events.length === limit || size >= PAGE_SIZE;
    const isTired = lookedAt === LOOKED_AT_BY_A_PAGE || performance.now() - begun > PAGE_MS;
    if (lookedAt > 0 && (isFull || isTired)) return { events, lastShown, lastLookedAt, hasMore: true };
    lookedAt += 1;
    lastLookedAt = event.position;
    const text = fits(event) ? shownJson(event, userId) : undefined;
    if (text === undefined) continue;
    events.push(text);
    size += text.length;
    lastShown = event.position;
  }
  return { events, lastShown, lastLookedAt, hasMore: false };
};

/**
 * Where a page's reader goes on; null where that can never be anywhere, at the beginning of the log backwards. At the end of
 * the log it goes on with what will be new.
 */
export const nextCursor = (
  { direction, after, before, head }: EventWindow,
  { hasMore, lastLookedAt }: EventPage,
): string | null => {
  if (hasMore) return cursorText({ direction, at: lastLookedAt ?? START });
  if (direction === 'backwards') return null;
  return cursorText({ direction, at: before === undefined ? head : (lastLookedAt ?? after) });
};
