import { shownEvent, upcast } from '#libs/domain';
import { type EventLogReader, type Position, type RecordedEvent, START } from '#libs/event-log';
import type { LogRange } from './event-selection.js';

export interface EventBatch {
  readonly events: readonly RecordedEvent[];
  /** How far the log has been read. */
  readonly position: Position;
}

/** Who runs the command line is nobody's recipient: private messages stay in the log. */
const NOBODY = '';

/**
 * The events of a range in log order, in the shape of today, as they may leave the system: without passwords' hashes and
 * without private messages. In batches, since a step of an async generator for each event costs more than reading it; no
 * batch is made before it is asked for, so memory stays flat.
 * @param size events of one batch
 */
export async function* shownEvents(
  log: EventLogReader,
  range: LogRange,
  size: number,
): AsyncGenerator<EventBatch> {
  const { read, last, streams } = range;
  if (last <= (read.from ?? START)) return;
  let events: RecordedEvent[] = [];
  let position: Position = START;
  for await (const recorded of log.readAll(read)) {
    if (recorded.position > last) break;
    ({ position } = recorded);
    // A prefix may fit other streams as well.
    if (streams && !streams.has(recorded.stream)) continue;
    const event = shownEvent(upcast(recorded), NOBODY);
    if (event === undefined) continue;
    events.push(event);
    if (events.length === size) {
      yield { events, position };
      events = [];
    }
  }
  yield { events, position: last };
}
