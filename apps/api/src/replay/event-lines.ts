import type { EventLog, RecordedEvent } from '#libs/event-log';
import { type EventSelection, filterOf, selects } from './event-selection.js';
import { type EventWindow, isBeyond } from './event-window.js';
import { meetingEvents } from './meeting-events.js';
import { shownJson } from './shown-json.js';
import { streamEvents } from './stream-events.js';

/** Characters that are gathered before they are handed on. */
export const CHUNK_SIZE = 65_536;

type Log = Pick<EventLog, 'readAll' | 'readStream'>;

export interface LineOptions {
  readonly userId: string;
  /** Lines after which it ends. */
  readonly limit?: number;
  /** Gives up, also in the midst of a search that finds nothing. */
  readonly signal: AbortSignal;
}

const eventsOf = (log: Log, selection: EventSelection, window: EventWindow): AsyncIterable<RecordedEvent> => {
  const { stream, meetingId } = selection;
  const { direction, after, before } = window;
  if (stream && !stream.isPrefix) return streamEvents(log, stream.name, window);
  if (meetingId !== undefined) return meetingEvents(log, meetingId, window);
  const from = direction === 'forwards' ? after : before;
  return log.readAll({ direction, from, ...filterOf(selection) });
};

/**
 * The events of a window as lines of JSON, several to a chunk. It reads when it is asked for the next chunk and holds no
 * more than that one, so memory stays flat however many there are.
 */
export async function* eventLines(
  log: Log,
  selection: EventSelection,
  window: EventWindow,
  { userId, limit = Infinity, signal }: LineOptions,
): AsyncGenerator<string, void> {
  const fits = selects(selection);
  const iterator = eventsOf(log, selection, window)[Symbol.asyncIterator]();
  // A reader's end has nothing to tell: whoever asked is gone.
  const giveUp = (): void => void Promise.allSettled([iterator.return?.()]);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    let chunk = '';
    for (let lines = 0; lines < limit && !signal.aborted;) {
      const next = await iterator.next();
      if (next.done === true || isBeyond(window, next.value.position)) break;
      const text = fits(next.value) ? shownJson(next.value, userId) : undefined;
      if (text === undefined) continue;
      lines += 1;
      chunk += `${text}\n`;
      if (chunk.length < CHUNK_SIZE) continue;
      yield chunk;
      chunk = '';
    }
    if (chunk !== '') yield chunk;
  } finally {
    signal.removeEventListener('abort', giveUp);
    await iterator.return?.();
  }
}
