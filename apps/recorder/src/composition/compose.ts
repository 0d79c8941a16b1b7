import type { CompositionJob } from '#libs/work-queues';
import { writeFile, stat } from 'node:fs/promises';
import type { RecordingFiles } from '../recording-files.js';
import { audioCommand } from './audio-command.js';
import { runFfmpeg } from './ffmpeg.js';
import { findFont } from './font.js';
import { joinCommand, joinList } from './join-command.js';
import { writeNameFiles } from './name-text.js';
import { planSegments, type Picture, type Segment } from './plan.js';
import { Progress } from './progress.js';
import { runTasks, type Task } from './run-tasks.js';
import { segmentCommand } from './segment-command.js';
import { finishedMovie, writeSummary, type Composed } from './summary.js';
import { thumbnailCommand, thumbnailTime } from './thumbnail-command.js';
import { readTrackTimeline, type TrackTimeline } from './track-timeline.js';
import { writeVoiceFile } from './voice-file.js';
import { contentKey, makeWhole, WorkFiles } from './work-files.js';

export interface ComposeOptions {
  readonly job: CompositionJob;
  readonly files: RecordingFiles;
  readonly picture: Picture;
  /** FFmpeg processes at a time. */
  readonly atATime: number;
  readonly onProgress?: (percent: number) => void;
  readonly signal?: AbortSignal;
  /** Show name tiles for a stretch whose tracks FFmpeg cannot read, instead of failing. */
  readonly tolerant?: boolean;
  /** Told of each stretch that `tolerant` had to give up. */
  readonly onUnreadable?: (error: Error, segment: Segment) => void;
}

/** Part of the work that mixing the audio is, per frame of the movie. */
const AUDIO_WEIGHT = 0.1;
/** Counts up when composition changes what it makes of the same input. */
const VERSION = 1;

const readTimelines = async ({ job, files }: ComposeOptions): Promise<TrackTimeline[]> => {
  const timelines: TrackTimeline[] = [];
  for (const track of job.tracks) {
    const timeline = await readTrackTimeline(files, track);
    if (timeline) timelines.push(timeline);
  }
  return timelines;
};

/** The audio tracks of each voice: one participant's microphone, or the sound of what one shares. */
const voicesOf = (timelines: readonly TrackTimeline[]): TrackTimeline[][] => {
  const audio = timelines.filter(({ track }) => track.kind === 'audio');
  return [...Map.groupBy(audio, ({ track }) => `${track.participantId} ${track.source}`).values()];
};

const identity = ({ track, fileSizeBytes }: TrackTimeline): unknown => [track.trackId, fileSizeBytes];

/**
 * Composes a recording's tracks to one MP4 and a thumbnail: a video encode for each stretch of constant layout, one audio
 * mix over the whole, joined without encoding again. Interrupted, it goes on with what is left; done already, it does
 * nothing. The tracks stay; what it needed meanwhile is deleted.
 */
export const compose = async (options: ComposeOptions): Promise<Composed> => {
  const { job, files, signal } = options;
  const { width, height, fps } = options.picture;
  const picture: Picture = { fps, width: width - (width % 2), height: height - (height % 2) };
  const timelines = await readTimelines(options);
  const segments = planSegments(
    job,
    timelines.filter(({ track }) => track.kind === 'video'),
    picture,
  );
  const voices = voicesOf(timelines);
  const frames = segments.reduce((sum, segment) => sum + segment.frames, 0);
  const duration = frames / fps;
  const key = contentKey(VERSION, picture, segments, timelines.map(identity), frames);
  const finished = await finishedMovie(files, key);
  if (finished) return finished;

  const work = new WorkFiles(files.workDirectory);
  await work.create();
  const names = segments.flatMap(({ cells }) => cells.map(({ name }) => name));
  await writeNameFiles(work.directory, names);
  const context = {
    picture,
    font: await findFont(),
    timelines: new Map(timelines.map(timeline => [timeline.track.trackId, timeline])),
  };
  const progress = new Progress(options.onProgress ?? (() => undefined));

  const audio = `audio-${contentKey(
    VERSION,
    voices.map(voice => voice.map(identity)),
    duration,
  )}.mp4`;
  const audioProgress = progress.part('audio', AUDIO_WEIGHT * frames);
  const mixAudio: Task = signal =>
    work.once(audio, async partial => {
      const voiceFiles: string[] = [];
      for (const voice of voices) {
        const name = `voice-${contentKey(VERSION, voice.map(identity), duration)}.mkv`;
        await work.once(name, path => writeVoiceFile(path, voice, duration));
        voiceFiles.push(name);
      }
      await runFfmpeg([...audioCommand(voiceFiles, duration), partial], {
        cwd: work.directory,
        signal,
        onProgress: ({ seconds }) => audioProgress(seconds / duration),
      });
    });

  const encoded = segments.map(segment => {
    const command = segmentCommand(segment, context);
    const used = segment.cells.flatMap(({ video }) =>
      video ? [identity(context.timelines.get(video.trackId)!)] : [],
    );
    const name = `segment-${contentKey(VERSION, command, used)}.mp4`;
    const onProgress = progress.part(name, segment.frames);
    const encode: Task = async signal => {
      const encodeAs = (command: readonly string[]) =>
        work.once(name, partial =>
          runFfmpeg([...command, partial], {
            cwd: work.directory,
            signal,
            onProgress: ({ frame }) => onProgress(frame / segment.frames),
          }),
        );
      try {
        await encodeAs(command);
      } catch (error) {
        if (!options.tolerant || signal.aborted) throw error;
        options.onUnreadable?.(error as Error, segment);
        const cells = segment.cells.map(({ video: _, ...tile }) => tile);
        await encodeAs(segmentCommand({ ...segment, cells }, context));
      }
      onProgress(1);
    };
    return { name, encode };
  });

  await runTasks([mixAudio, ...encoded.map(({ encode }) => encode)], options.atATime, signal);

  const list = `join-${key}.txt`;
  await writeFile(
    work.path(list),
    joinList(
      segments,
      encoded.map(({ name }) => name),
      picture,
    ),
  );
  const run = { cwd: work.directory, signal };
  await makeWhole(files.movie, partial => runFfmpeg([...joinCommand(list, audio, picture), partial], run));
  const at = thumbnailTime(segments, picture);
  await makeWhole(files.thumbnail, partial =>
    runFfmpeg([...thumbnailCommand(files.movie, at), partial], run),
  );
  const { size: fileSizeBytes } = await stat(files.movie);
  const composed: Composed = {
    durationSeconds: duration,
    fileSizeBytes,
    width: picture.width,
    height: picture.height,
  };
  await writeSummary(files, key, composed);
  await work.remove();
  return composed;
};
