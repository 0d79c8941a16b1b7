import type { EventLog, RecordedEvent } from '#libs/event-log';
import { CHUNK_SIZE } from './event-lines.js';
import { type EventSelection, filterOf, selects } from './event-selection.js';
import type { EventWindow } from './event-window.js';
import { meetingEvents } from './meeting-events.js';
import { shownJson } from './shown-json.js';

type Log = Pick<EventLog, 'readStream' | 'tail'>;

/** Milliseconds after which a client whose connection broke is to come back. */
const RETRY_MS = 2_000;

/** History, then what is new, in log order. A meeting's history is read from its own streams, not sought in the log. */
async function* historyThenLive(
  log: Log,
  selection: EventSelection,
  window: EventWindow,
  signal: AbortSignal,
): AsyncGenerator<readonly RecordedEvent[], void> {
  const { meetingId } = selection;
  if (meetingId !== undefined) {
    for await (const event of meetingEvents(log, meetingId, window)) {
      if (signal.aborted) return;
      yield [event];
    }
  }
  const after = meetingId === undefined ? window.after : window.head;
  yield* log.tail({ after, signal, ...filterOf(selection) });
}

/**
 * A window's events and all later ones in the text of `text/event-stream`, each with its position as its id; it ends with
 * the signal. It takes from the log what is asked of it and no more: a slow reader is read for slowly.
 */
export async function* liveEvents(
  log: Log,
  selection: EventSelection,
  window: EventWindow,
  { userId, signal }: { readonly userId: string; readonly signal: AbortSignal },
): AsyncGenerator<string, void> {
  yield `retry: ${RETRY_MS}\n\n`;
  const fits = selects(selection);
  for await (const batch of historyThenLive(log, selection, window, signal)) {
    let chunk = '';
    for (const event of batch) {
      const text = fits(event) ? shownJson(event, userId) : undefined;
      if (text === undefined) continue;
      chunk += `id: ${event.position}\ndata: ${text}\n\n`;
      if (chunk.length < CHUNK_SIZE) continue;
      yield chunk;
      chunk = '';
    }
    if (chunk !== '') yield chunk;
  }
}

/**
 * The same texts, and a comment whenever none came for so many milliseconds: it keeps the connection open through proxies
 * and finds out when the client is gone.
 */
export async function* withHeartbeat(
  texts: AsyncIterable<string>,
  everyMs: number,
): AsyncGenerator<string, void> {
  const iterator = texts[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const beat = Promise.withResolvers<undefined>();
      const timer = setTimeout(() => beat.resolve(undefined), everyMs);
      const result = await Promise.race([next, beat.promise]).finally(() => clearTimeout(timer));
      if (result?.done === true) return;
      if (result === undefined) yield ': heartbeat\n\n';
      else {
        yield result.value;
        next = iterator.next();
      }
    }
  } finally {
    await iterator.return?.();
  }
}
