import type { EventLog, RecordedEvent, ReadStreamOptions } from '#libs/event-log';
import type { EventWindow } from './event-window.js';
import { revisionAfter } from './stream-place.js';

type Log = Pick<EventLog, 'readStream'>;

/**
 * How to read the events of a stream in a window, from its end to read from; the reader stops where the window ends.
 * Undefined when the stream has none there to begin with.
 */
export const placeInStream = async (
  log: Log,
  stream: string,
  { direction, after, before, head }: EventWindow,
): Promise<ReadStreamOptions | undefined> => {
  if (direction === 'forwards') return { direction, from: await revisionAfter(log, stream, after) };
  // What was appended since the window was opened is left out, so that streams read one after the other agree.
  const from = (await revisionAfter(log, stream, before === undefined ? head : before - 1)) - 1;
  return from < 0 ? undefined : { direction, from };
};

/** The events of one stream from where the window begins. */
export async function* streamEvents(
  log: Log,
  stream: string,
  window: EventWindow,
): AsyncGenerator<RecordedEvent, void> {
  const place = await placeInStream(log, stream, window);
  if (place) yield* log.readStream(stream, place);
}
