import { type EventLog, type Position, type RecordedEvent, START } from '#libs/event-log';

type Log = Pick<EventLog, 'readStream'>;

const firstOf = async (events: AsyncIterable<RecordedEvent>): Promise<RecordedEvent | undefined> => {
  for await (const event of events) return event;
  return undefined;
};

/**
 * The first revision of a stream that stands after a position of the log; one beyond its last revision when none does.
 * Found by halving, in as many reads of one event as the number of revisions has binary digits.
 */
export const revisionAfter = async (log: Log, stream: string, position: Position): Promise<number> => {
  if (position === START) return 0;
  const last = await firstOf(log.readStream(stream, { direction: 'backwards', limit: 1 }));
  if (!last) return 0;
  if (last.position <= position) return last.revision + 1;
  let low = 0;
  let high = last.revision;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const event = await firstOf(log.readStream(stream, { from: middle, limit: 1 }));
    if (event && event.position <= position) low = middle + 1;
    else high = middle;
  }
  return low;
};
