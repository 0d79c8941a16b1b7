import type { EventLogReader, RecordedEvent } from '#libs/event-log';
import { CSV_HEADER, csvLine } from './csv.js';
import { eventRow } from './event-row.js';
import type { ExportTask } from './export-task.js';
import { shownEvents } from './shown-events.js';

/** Some 100 KB: larger pieces are no faster, and more to keep. */
const PIECE_EVENTS = 256;

export type TextFormat = 'ndjson' | 'csv';

/** One JSON object a line (NDJSON). */
export const ndjsonLine = (event: RecordedEvent): string => `${JSON.stringify(eventRow(event))}\n`;

const FORMATS = {
  ndjson: { header: '', line: ndjsonLine },
  csv: { header: CSV_HEADER, line: csvLine },
} as const;

/**
 * Events as text, one a line, in pieces of some hundred lines. The log is read as fast as the pieces are taken and no
 * faster: memory stays flat however slow the reader is.
 */
export async function* exportText(
  log: EventLogReader,
  format: TextFormat,
  { range, signal, onProgress }: ExportTask,
): AsyncGenerator<string> {
  const { header, line } = FORMATS[format];
  let done = 0;
  yield header;
  for await (const { events, position } of shownEvents(log, range, PIECE_EVENTS)) {
    signal?.throwIfAborted();
    let text = '';
    for (const event of events) text += line(event);
    yield text;
    done += events.length;
    onProgress?.({ events: done, position });
  }
}
