import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { openEventLog } from '#libs/event-log';
import { writeSampleLog } from '#libs/sample-log';
import { CommandFailure } from '../command-failure.js';
import { interruptible } from '../interruptible.js';

export interface SampleCommandOptions {
  readonly data: string;
  readonly seed: number;
  readonly meetings?: number;
}

const beEmpty = (directory: string): void => {
  try {
    if (!existsSync(directory) || readdirSync(directory).length === 0) return;
  } catch (error) {
    throw new CommandFailure(`${directory} cannot be used: ${(error as Error).message}.`);
  }
  throw new CommandFailure(
    `${directory} is not empty. Name another directory with --data, or remove this one.`,
  );
};

/** Makes the log beside its place and puts it there when it is complete: what is interrupted leaves nothing behind. */
const make = async (directory: string, options: SampleCommandOptions, signal: AbortSignal): Promise<void> => {
  beEmpty(directory);
  const draft = `${directory}.${randomBytes(4).toString('hex')}.part`;
  try {
    mkdirSync(dirname(directory), { recursive: true });
    const log = await openEventLog({ dataDir: draft, eventLog: '' });
    let count: number;
    try {
      count = await writeSampleLog(log, { ...options, signal });
    } finally {
      await log.close();
    }
    beEmpty(directory);
    // Also where an empty directory is.
    renameSync(draft, directory);
    process.stdout.write(`Made a log of ${count.toLocaleString('en')} events in ${directory}\n`);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
};

/** `parley sample`. @throws CommandFailure when the directory holds something already */
export const makeSample = async (options: SampleCommandOptions): Promise<void> =>
  interruptible(signal => make(resolve(options.data), options, signal));
