import type { RecordedTrack } from '#libs/domain';
import { stat } from 'node:fs/promises';
import type { PictureSize } from '../capture/depacketizer.js';
import type { SidecarEntry } from '../capture/sidecar.js';
import { readBlocks } from '../matroska/matroska-reader.js';
import type { RecordingFiles } from '../recording-files.js';
import { delayLine } from './delay-line.js';
import { readSidecar } from './read-sidecar.js';
import type { Span } from './span.js';

/** When a track has something to show or to hear. Times in seconds since the recording's start, on the common clock. */
export interface TrackTimeline {
  readonly track: RecordedTrack;
  readonly path: string;
  readonly fileSizeBytes: number;
  /** From first to last frame; apart where nothing came for long. */
  readonly spans: readonly Span[];
  readonly sizes: readonly (PictureSize & { readonly at: number })[];
  /** What to add to times in the file, milliseconds. */
  readonly delayAt: (at: number) => number;
}

/** Without frames for this long a track shows nothing. A shared screen that stands still sends about one a second. */
const GAP_SECONDS = { camera: 1, screen: 5, microphone: 1, 'screen-audio': 1 } as const;
/** The last frame stays on for this long. */
const HOLD_SECONDS = 0.5;

/** What tells a track's content from another's, for keys of what is made of it. */
export const identityOf = ({ track, fileSizeBytes, delayAt }: TrackTimeline): unknown => [
  track.trackId,
  fileSizeBytes,
  delayAt(0),
];

const spansOf = (times: readonly number[], gap: number): Span[] => {
  const spans: Span[] = [];
  for (const time of times) {
    const last = spans.at(-1);
    if (last && time - last[1] <= gap && time >= last[0])
      spans[spans.length - 1] = [last[0], Math.max(last[1], time)];
    else spans.push([time, time]);
  }
  return spans.map(([from, to]) => [from, to + HOLD_SECONDS]);
};

const sizesOf = (entries: readonly SidecarEntry[], delayAt: (at: number) => number) =>
  entries.flatMap(entry =>
    entry.event === 'size'
      ? [{ at: (entry.at + delayAt(entry.at)) / 1000, width: entry.width, height: entry.height }]
      : [],
  );

/** Reads when a track has data; undefined when its file is missing or holds none. */
export const readTrackTimeline = async (
  files: RecordingFiles,
  track: RecordedTrack,
): Promise<TrackTimeline | undefined> => {
  const path = files.track(track.trackId);
  const fileSizeBytes = await stat(path).then(
    ({ size }) => size,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return 0;
      throw error;
    },
  );
  if (fileSizeBytes === 0) return undefined;
  const entries = await readSidecar(files.sidecar(track.trackId));
  const delayAt = delayLine(entries);
  const times: number[] = [];
  for await (const blocks of readBlocks(path, false)) {
    for (const { at } of blocks) times.push((at + delayAt(at)) / 1000);
  }
  if (times.length === 0) return undefined;
  const spans = spansOf(times, GAP_SECONDS[track.source]);
  return { track, path, fileSizeBytes, spans, sizes: sizesOf(entries, delayAt), delayAt };
};
