import { join } from 'node:path';

const SAFE_ID = /^[A-Za-z0-9_-]{1,128}$/;

/** @throws RangeError for an id that could be more than one file name. */
export const checkedId = (id: string): string => {
  if (!SAFE_ID.test(id)) throw new RangeError('an id may hold only letters, digits, - and _');
  return id;
};

/** Where one recording's files are. Ids are checked: none leads out of the data directory. */
export interface RecordingFiles {
  readonly directory: string;
  readonly tracksDirectory: string;
  /** Unfinished composition; deleted after success. */
  readonly workDirectory: string;
  readonly movie: string;
  readonly thumbnail: string;
  /** What the movie was composed of, to recognise a finished one. */
  readonly summary: string;
  track(trackId: string): string;
  sidecar(trackId: string): string;
}

export const recordingFiles = (dataDir: string, recordingId: string): RecordingFiles => {
  const directory = join(dataDir, 'recordings', checkedId(recordingId));
  const tracksDirectory = join(directory, 'tracks');
  return {
    directory,
    tracksDirectory,
    workDirectory: join(directory, 'work'),
    movie: join(directory, 'recording.mp4'),
    thumbnail: join(directory, 'thumbnail.jpg'),
    summary: join(directory, 'recording.json'),
    track: trackId => join(tracksDirectory, `${checkedId(trackId)}.mkv`),
    sidecar: trackId => join(tracksDirectory, `${checkedId(trackId)}.jsonl`),
  };
};
