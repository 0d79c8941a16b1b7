import { InvalidArgumentError, Option, type Command } from 'commander';
import { DATA_OPTION } from '../open-log.js';
import type { ExportOptions } from '../export/export-log.js';

/** ISO 8601, with a time and its zone or a day alone, as ISO 8601 in UTC. */
export const readTime = (text: string): string => {
  const time = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/.test(text)
    ? Date.parse(text)
    : NaN;
  if (Number.isNaN(time)) {
    throw new InvalidArgumentError(
      'It is a day or a moment of ISO 8601, such as 2026-11-22 or 2026-11-22T10:30:00Z.',
    );
  }
  return new Date(time).toISOString();
};

export const addExport = (program: Command): void => {
  program
    .command('export')
    .description(
      'write the events of the log or of one meeting, for other programs; the system may run or not',
    )
    .option('--meeting <id or room>', 'only this meeting: its id, or the name of its room')
    .option(
      '--type <type>',
      'only events of this type, such as ParticipantJoined; may be repeated',
      (type, types: string[]) => [...types, type],
      [],
    )
    .option('--since <time>', 'only events from this moment on', readTime)
    .option('--until <time>', 'only events before this moment', readTime)
    .addOption(
      new Option('--format <format>', 'how events are written')
        .choices(['ndjson', 'csv', 'parquet'])
        .default('ndjson'),
    )
    .option('--out <file>', 'where to (default: the standard output; Parquet needs a file)')
    .option('--force', 'overwrite the file if it exists', false)
    .option(...DATA_OPTION)
    // Loaded when it is asked for: DuckDB is large, and the other commands do without.
    .action(async (options: ExportOptions) => (await import('../export/export-log.js')).exportLog(options));
};
