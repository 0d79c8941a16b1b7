import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ProcessIdentity } from './process-identity.js';

/** What a running system writes down for other commands, and for the next start should it be killed. */
export interface RunRecord {
  readonly supervisor: ProcessIdentity;
  /** Where the api listens, as http://host:port. */
  readonly address: string;
  readonly processes: readonly (ProcessIdentity & { readonly name: string })[];
}

export const runRecordPath = (dataDir: string): string => join(dataDir, 'running.json');

export const readRunRecord = (dataDir: string): RunRecord | undefined => {
  try {
    return JSON.parse(readFileSync(runRecordPath(dataDir), 'utf8')) as RunRecord;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/** Replaces the record in one movement, so that a reader never sees half of it. */
export const writeRunRecord = (dataDir: string, record: RunRecord): void => {
  const path = runRecordPath(dataDir);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.draft`, `${JSON.stringify(record, null, 2)}\n`);
  renameSync(`${path}.draft`, path);
};

export const removeRunRecord = (dataDir: string): void => rmSync(runRecordPath(dataDir), { force: true });
