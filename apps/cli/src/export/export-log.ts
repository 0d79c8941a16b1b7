import { writeFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { EVENT_CATALOGUE } from '#libs/domain';
import { type EventLogReader, START } from '#libs/event-log';
import {
  EventsTooLarge,
  exportParquet,
  exportText,
  logRange,
  NoSuchMeeting,
  type ReadProgress,
  type TextFormat,
} from '#libs/analytics';
import { CommandFailure } from '../command-failure.js';
import { interruptible } from '../interruptible.js';
import { meetingNamed } from '../meeting-named.js';
import { withLog } from '../open-log.js';
import { ProgressLine } from '../progress-line.js';
import { writeCompletely } from './output-file.js';
import { writeTexts } from './write-texts.js';

export interface ExportOptions {
  readonly data?: string;
  readonly meeting?: string;
  readonly type: readonly string[];
  readonly since?: string;
  readonly until?: string;
  readonly format: TextFormat | 'parquet';
  readonly out?: string;
  readonly force: boolean;
}

const refuse = (message: string): never => {
  throw new CommandFailure(message);
};

const checkOptions = ({ type, since, until, format, out }: ExportOptions): void => {
  const unknown = type.find(name => !Object.hasOwn(EVENT_CATALOGUE, name));
  if (unknown !== undefined) {
    refuse(`--type ${unknown} is no type of event. docs/EVENTS.md lists all of them.`);
  }
  if (since !== undefined && until !== undefined && since >= until) refuse('--since must be before --until.');
  if (format === 'parquet' && out === undefined) refuse('A Parquet file needs a name. Give it with --out.');
};

const exportFrom = async (
  log: EventLogReader,
  options: ExportOptions,
  signal: AbortSignal,
): Promise<void> => {
  const { meeting, type, since, until, format, out, force } = options;
  const range = await logRange(log, {
    ...(meeting !== undefined && { meetingId: await meetingNamed(log, meeting) }),
    ...(type.length > 0 && { types: type }),
    since,
    until,
  }).catch((error: unknown) => {
    if (!(error instanceof NoSuchMeeting)) throw error;
    return refuse(`There is no meeting ${meeting} in the log. Give a meeting's id or a room's name.`);
  });
  const progress = new ProgressLine('Exporting', { from: range.read.from ?? START, to: range.last });
  let done = 0;
  const onProgress = (reading: ReadProgress): void => {
    done = reading.events;
    // Not between the lines of the events themselves.
    if (out !== undefined || !process.stdout.isTTY) progress.report(reading);
  };
  const task = { range, signal, onProgress };
  try {
    if (out === undefined) {
      await pipeline(exportText(log, format as TextFormat, task), process.stdout, { end: false, signal });
      return;
    }
    await writeCompletely(out, force, async draft => {
      // DuckDB would complain in words of its own.
      if (format === 'parquet') writeFileSync(draft, '', { flag: 'wx' });
      if (format === 'parquet') return exportParquet(log, draft, task);
      return writeTexts(draft, exportText(log, format, task));
    });
    progress.clear();
    process.stderr.write(`Exported ${done.toLocaleString('en')} events to ${out}\n`);
  } catch (error) {
    if (error instanceof EventsTooLarge) throw new CommandFailure(error.message);
    throw error;
  } finally {
    progress.clear();
  }
};

/** `parley export`. @throws CommandFailure */
export const exportLog = async (options: ExportOptions): Promise<void> => {
  checkOptions(options);
  await withLog(options.data, log => interruptible(signal => exportFrom(log, options, signal)));
};
