import type { EventLog, RecordedEvent } from '#libs/event-log';

/** Events of one page. */
const PAGE = 500;

/** A stream's events from a revision on (inclusive), page by page, so that memory stays flat however long the stream is. */
export async function* readPages(
  log: EventLog,
  stream: string,
  from: number,
): AsyncGenerator<readonly RecordedEvent[]> {
  for (let next = from; ; next += PAGE) {
    const page: RecordedEvent[] = [];
    for await (const event of log.readStream(stream, { from: next, limit: PAGE })) page.push(event);
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
  }
}
