import { setImmediate as nextTurn } from 'node:timers/promises';
import { START, type ReadAllOptions, type ReadStreamOptions, type RecordedEvent } from '../event-log.js';
import { pagedEvents, type Pages } from '../paged-events.js';
import type { EventDatabase } from './event-database.js';
import { EventScan, PAGE_EVENTS } from './event-scan.js';

const NOTHING: Pages = { next: async () => undefined, leave: () => undefined };

/** `EventLog.readAll` on a database. */
export function readAll(database: EventDatabase, options: ReadAllOptions = {}): AsyncIterable<RecordedEvent> {
  const { direction = 'forwards', limit = Infinity } = options;
  return pagedEvents(() => {
    const head = database.head();
    if (direction === 'forwards') {
      const scan = new EventScan(database, options, direction, options.from ?? START);
      return pages(scan, head, limit);
    }
    const scan = new EventScan(database, options, direction, Math.min(options.from ?? Infinity, head + 1));
    return pages(scan, 0, limit);
  });
}

/** `EventLog.readStream` on a database. */
export function readStream(
  database: EventDatabase,
  name: string,
  options: ReadStreamOptions = {},
): AsyncIterable<RecordedEvent> {
  const { direction = 'forwards', limit = Infinity } = options;
  return pagedEvents(() => {
    const stream = database.streamId(name);
    const last = stream === undefined ? undefined : database.lastOfStream(stream);
    if (stream === undefined || last === undefined) return NOTHING;
    const [lastPosition, lastRevision] = last;
    if (direction === 'forwards') {
      const from = options.from ?? 0;
      if (from > lastRevision) return NOTHING;
      const before = from <= 0 ? START : database.positionOfRevision(stream, from) - 1;
      return pages(new EventScan(database, { stream }, direction, before), lastPosition, limit);
    }
    const from = options.from ?? lastRevision;
    if (from < 0) return NOTHING;
    const first = from >= lastRevision ? lastPosition : database.positionOfRevision(stream, from);
    return pages(new EventScan(database, { stream }, direction, first + 1), 0, limit);
  });
}

/** With a turn of the event loop before each page, so that a long replay does not keep it from other work. */
function pages(scan: EventScan, last: number, limit: number): Pages {
  let wanted = limit;
  return {
    next: async () => {
      await nextTurn();
      if (wanted <= 0 || scan.isDone(last)) return undefined;
      const page = scan.page(last, Math.min(PAGE_EVENTS, wanted));
      wanted -= page.length;
      return page;
    },
    leave: () => {
      wanted = 0;
    },
  };
}
