import type { MediaSource, RecordedTrack } from '#libs/domain';
import { appendFile, mkdir } from 'node:fs/promises';
import type { SidecarEntry } from '../src/capture/sidecar.js';
import { MatroskaWriter } from '../src/matroska/matroska-writer.js';
import { readBlocks, type ReadBlock } from '../src/matroska/matroska-reader.js';
import type { RecordingFiles } from '../src/recording-files.js';
import { runFfmpeg } from './run-ffmpeg.js';

export interface RecordedTrackOptions {
  readonly files: RecordingFiles;
  readonly trackId: string;
  readonly participantId: string;
  readonly source: MediaSource;
  /** A file of makeTestSource with VP8 and Opus. */
  readonly from: string;
  /** When its first frame came, seconds since the recording's start. */
  readonly at: number;
  /** Which seconds of the file came; all by default. */
  readonly part?: (second: number) => boolean;
  /** Times between frames, as a multiple of the file's. */
  readonly stretch?: number;
  /** Other files that follow in the same track. */
  readonly more?: readonly { readonly from: string; readonly at: number }[];
  readonly size?: { readonly width: number; readonly height: number };
  readonly sidecar?: readonly SidecarEntry[];
}

/** The blocks of a file, one by one. */
async function* eachBlock(path: string): AsyncGenerator<ReadBlock> {
  for await (const blocks of readBlocks(path, true)) yield* blocks;
}

/** Writes a track's files as a capture would have, without waiting for real time. */
export const writeRecordedTrack = async (options: RecordedTrackOptions): Promise<RecordedTrack> => {
  const { files, trackId, participantId, source, from, at, part = () => true, stretch = 1 } = options;
  const { width, height } = options.size ?? { width: 320, height: 180 };
  const video = source === 'camera' || source === 'screen';
  await mkdir(files.tracksDirectory, { recursive: true });
  const header = video
    ? ({ codec: 'V_VP8', width, height } as const)
    : ({ codec: 'A_OPUS', channels: 2 } as const);
  const writer = new MatroskaWriter(files.track(trackId), header);
  for (const piece of [{ from, at }, ...(options.more ?? [])]) {
    const single = `${files.track(trackId)}.source.mkv`;
    await runFfmpeg(['-v', 'error', '-i', piece.from, '-map', video ? '0:v' : '0:a', '-c', 'copy', single]);
    for await (const block of eachBlock(single)) {
      if (part(block.at / 1000)) writer.write({ ...block, at: block.at * stretch + piece.at * 1000 });
    }
  }
  writer.close();
  const entries = options.sidecar ?? (video ? [{ event: 'size', at: at * 1000, width, height }] : []);
  await appendFile(files.sidecar(trackId), entries.map(entry => `${JSON.stringify(entry)}\n`).join(''));
  return {
    trackId,
    participantId,
    attempt: 1,
    producerId: `producer-${trackId}`,
    kind: video ? 'video' : 'audio',
    source,
    mimeType: video ? 'video/VP8' : 'audio/opus',
    clockRate: video ? 90_000 : 48_000,
    ssrc: 1,
    payloadType: 96,
  };
};
