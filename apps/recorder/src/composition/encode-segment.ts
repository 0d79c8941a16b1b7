import { runFfmpeg } from './ffmpeg.js';
import type { Segment } from './plan.js';
import type { Task } from './run-tasks.js';
import { segmentCommand, type SegmentContext } from './segment-command.js';
import { identityOf } from './track-timeline.js';
import { contentKey, type WorkFiles } from './work-files.js';

/** Counts up when encoding makes something else of the same command. */
const VERSION = 1;

export interface EncodeOptions {
  readonly work: WorkFiles;
  readonly context: SegmentContext;
  /** Told the share of the segment that is done. */
  readonly onProgress: (share: number) => void;
  /** Told when FFmpeg cannot read the segment's tracks; it is encoded with name tiles then. Without it that is an error. */
  readonly onUnreadable?: (error: Error, segment: Segment) => void;
}

/** The video of one segment, in a file named by all that shapes it. */
export const encodeSegment = (
  segment: Segment,
  { work, context, onProgress, onUnreadable }: EncodeOptions,
): { readonly name: string; readonly task: Task } => {
  const command = segmentCommand(segment, context);
  const used = segment.cells.flatMap(({ video }) =>
    video ? [identityOf(context.timelines.get(video.trackId)!)] : [],
  );
  const name = `segment-${contentKey(VERSION, command, used)}.mp4`;
  const task: Task = async signal => {
    const encode = (command: readonly string[]): Promise<void> =>
      work.once(name, partial =>
        runFfmpeg([...command, partial], {
          cwd: work.directory,
          signal,
          onProgress: ({ frame }) => onProgress(frame / segment.frames),
        }),
      );
    try {
      await encode(command);
    } catch (error) {
      if (!onUnreadable || signal.aborted) throw error;
      onUnreadable(error as Error, segment);
      const cells = segment.cells.map(({ video: _, ...tile }) => tile);
      await encode(segmentCommand({ ...segment, cells }, context));
    }
    onProgress(1);
  };
  return { name, task };
};
