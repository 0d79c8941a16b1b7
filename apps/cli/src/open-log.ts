import { resolve } from 'node:path';
import { loadConfig } from '#libs/config';
import { type EventLogReader, LogUnavailable, openEventLogReader } from '#libs/event-log';
import { CommandFailure } from './command-failure.js';

export const DATA_OPTION = [
  '--data <directory>',
  'the data directory to read, such as one that parley sample made (default: PARLEY_DATA_DIR)',
] as const;

/** Lends the log that `--data` names, else that of the settings. @throws CommandFailure when there is none */
export const withLog = async <T>(
  data: string | undefined,
  use: (log: EventLogReader) => Promise<T>,
): Promise<T> => {
  const settings = data === undefined ? loadConfig() : { dataDir: resolve(data), eventLog: '' };
  try {
    const log = await openEventLogReader(settings);
    try {
      return await use(log);
    } finally {
      await log.close();
    }
  } catch (error) {
    if (!(error instanceof LogUnavailable)) throw error;
    const way = settings.eventLog === '' ? ' Name another data directory with --data.' : '';
    throw new CommandFailure(`${error.message}.${way}`);
  }
};
