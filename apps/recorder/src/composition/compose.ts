import type { CompositionJob } from '#libs/work-queues';
import { stat, writeFile } from 'node:fs/promises';
import type { RecordingFiles } from '../recording-files.js';
import { encodeSegment } from './encode-segment.js';
import { runFfmpeg } from './ffmpeg.js';
import { findFont } from './font.js';
import { joinCommand, joinList } from './join-command.js';
import { mixAudio } from './mix-audio.js';
import { removeNameFiles, writeNameFiles } from './name-text.js';
import { planSegments, type Picture, type Segment } from './plan.js';
import { Progress } from './progress.js';
import { runTasks } from './run-tasks.js';
import { finishedMovie, writeSummary, type Composed } from './summary.js';
import { thumbnailCommand, thumbnailTime } from './thumbnail-command.js';
import { identityOf, readTrackTimeline, type TrackTimeline } from './track-timeline.js';
import { contentKey, WorkFiles } from './work-files.js';

export interface ComposeOptions {
  readonly job: CompositionJob;
  readonly files: RecordingFiles;
  readonly picture: Picture;
  /** FFmpeg processes at a time. */
  readonly atATime: number;
  readonly onProgress?: (percent: number) => void;
  readonly signal?: AbortSignal;
  /** Told of a stretch whose tracks FFmpeg cannot read, which shows name tiles then. Without it that is an error. */
  readonly onUnreadable?: (error: Error, segment: Segment) => void;
}

/** All that shapes a movie. */
interface Plan {
  readonly picture: Picture;
  readonly timelines: readonly TrackTimeline[];
  readonly segments: readonly Segment[];
  readonly frames: number;
  readonly key: string;
}

/** Part of the work that mixing the audio is, per frame of the movie. */
const AUDIO_WEIGHT = 0.1;

const makePlan = async ({ job, files, picture: wanted }: ComposeOptions): Promise<Plan> => {
  const { width, height, fps } = wanted;
  const picture: Picture = { fps, width: width - (width % 2), height: height - (height % 2) };
  const timelines: TrackTimeline[] = [];
  for (const track of job.tracks) {
    const timeline = await readTrackTimeline(files, track);
    if (timeline) timelines.push(timeline);
  }
  const videos = timelines.filter(({ track }) => track.kind === 'video');
  const segments = planSegments(job, videos, picture);
  const frames = segments.reduce((sum, segment) => sum + segment.frames, 0);
  const key = contentKey(picture, segments, timelines.map(identityOf), frames);
  return { picture, timelines, segments, frames, key };
};

const make = async (plan: Plan, options: ComposeOptions): Promise<Composed> => {
  const { segments } = plan;
  const work = new WorkFiles(options.files.workDirectory);
  await work.create();
  const names = segments.flatMap(({ cells }) => cells.map(({ name }) => name));
  await writeNameFiles(work.directory, names);
  try {
    return await makeIn(work, plan, options);
  } finally {
    await removeNameFiles(work.directory, names);
  }
};

const makeIn = async (work: WorkFiles, plan: Plan, options: ComposeOptions): Promise<Composed> => {
  const { picture, timelines, segments, frames, key } = plan;
  const { job, files, signal, onUnreadable } = options;
  const durationSeconds = frames / picture.fps;
  const context = {
    picture,
    font: await findFont(),
    timelines: new Map(timelines.map(timeline => [timeline.track.trackId, timeline])),
  };

  const progress = new Progress(options.onProgress ?? (() => undefined));
  const mixed = progress.part(AUDIO_WEIGHT * frames);
  const audio = mixAudio(work, job.participants, timelines, durationSeconds, mixed);
  const videos = segments.map(segment =>
    encodeSegment(segment, { work, context, onProgress: progress.part(segment.frames), onUnreadable }),
  );
  const tasks = [audio, ...videos].map(({ task }) => task);
  await runTasks(tasks, options.atATime, signal);

  const list = `join-${key}.txt`;
  const segmentNames = videos.map(({ name }) => name);
  // Another recorder at the same recording may be reading its own, which is the same.
  await work.result(work.path(list), partial =>
    writeFile(partial, joinList(segments, segmentNames, picture)),
  );
  const run = { cwd: work.directory, signal };
  await work.result(files.movie, partial =>
    runFfmpeg([...joinCommand(list, audio.name, picture), partial], run),
  );
  const at = thumbnailTime(segments, picture);
  await work.result(files.thumbnail, partial =>
    runFfmpeg([...thumbnailCommand(files.movie, at), partial], run),
  );
  const { size: fileSizeBytes } = await stat(files.movie);
  const { width, height } = picture;
  const composed: Composed = { durationSeconds, fileSizeBytes, width, height };
  await writeSummary(files, work, key, composed);
  await work.remove();
  return composed;
};

/**
 * Composes a recording's tracks to one MP4 and a thumbnail: a video encode for each stretch of constant layout, one audio
 * mix over the whole, joined without encoding again. Interrupted, it goes on with what is left; done already, it does
 * nothing. The tracks stay; what it needed meanwhile is deleted.
 */
export const compose = async (options: ComposeOptions): Promise<Composed> => {
  const { files, signal } = options;
  const plan = await makePlan(options);
  const finished = await finishedMovie(files, plan.key);
  if (finished) return finished;
  try {
    return await make(plan, options);
  } catch (error) {
    // Another recorder at the same recording may have finished it, and taken the work files away.
    const others = signal?.aborted ? undefined : await finishedMovie(files, plan.key);
    if (others) return others;
    throw error;
  }
};
