import { CommandFailure } from './command-failure.js';
import { lives } from './supervisor/process-identity.js';
import { readRunRecord, type RunRecord } from './supervisor/run-record.js';

/** The system that runs on a data directory. @throws CommandFailure when none does */
export const requireRunning = (dataDir: string): RunRecord => {
  const record = readRunRecord(dataDir);
  if (!record || !lives(record.supervisor)) {
    throw new CommandFailure(`No Parley runs on ${dataDir}. Start it with npm start.`);
  }
  return record;
};
