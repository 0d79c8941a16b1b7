import { readFile, stat, writeFile } from 'node:fs/promises';
import type { RecordingFiles } from '../recording-files.js';
import type { WorkFiles } from './work-files.js';

/** A finished movie. */
export interface Composed {
  readonly durationSeconds: number;
  readonly fileSizeBytes: number;
  readonly width: number;
  readonly height: number;
}

interface Summary extends Composed {
  /** Of all that shaped the movie. */
  readonly key: string;
}

/** The movie that is there already, when it was composed of the same; undefined otherwise. */
export const finishedMovie = async (files: RecordingFiles, key: string): Promise<Composed | undefined> => {
  try {
    const { key: itsKey, ...composed } = JSON.parse(await readFile(files.summary, 'utf8')) as Summary;
    const { size } = await stat(files.movie);
    await stat(files.thumbnail);
    return itsKey === key && size === composed.fileSizeBytes ? composed : undefined;
  } catch {
    return undefined; // missing or unreadable: then it is composed anew
  }
};

export const writeSummary = async (
  files: RecordingFiles,
  work: WorkFiles,
  key: string,
  composed: Composed,
): Promise<void> => {
  const summary: Summary = { key, ...composed };
  await work.result(files.summary, partial => writeFile(partial, `${JSON.stringify(summary)}\n`));
};
