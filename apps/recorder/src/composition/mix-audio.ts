import { audioCommand } from './audio-command.js';
import { runFfmpeg } from './ffmpeg.js';
import type { Task } from './run-tasks.js';
import { identityOf, type TrackTimeline } from './track-timeline.js';
import { writeVoiceFile } from './voice-file.js';
import { contentKey, type WorkFiles } from './work-files.js';

/** Counts up when mixing makes something else of the same tracks. */
const VERSION = 1;

/** The audio tracks of each voice: one participant's microphone, or the sound of what one shares. */
const voicesOf = (timelines: readonly TrackTimeline[]): TrackTimeline[][] => {
  const audio = timelines.filter(({ track }) => track.kind === 'audio');
  return [...Map.groupBy(audio, ({ track }) => `${track.participantId} ${track.source}`).values()];
};

/**
 * The mix of all voices over the whole recording.
 * @param duration seconds. @param onProgress told the share that is done
 */
export const mixAudio = (
  work: WorkFiles,
  timelines: readonly TrackTimeline[],
  duration: number,
  onProgress: (share: number) => void,
): { readonly name: string; readonly task: Task } => {
  const voices = voicesOf(timelines).map(voice => ({
    voice,
    name: `voice-${contentKey(VERSION, voice.map(identityOf), duration)}.mkv`,
  }));
  const names = voices.map(({ name }) => name);
  const name = `audio-${contentKey(VERSION, names, duration)}.mp4`;
  const task: Task = signal =>
    work.once(name, async partial => {
      for (const { voice, name } of voices)
        await work.once(name, path => writeVoiceFile(path, voice, duration));
      await runFfmpeg([...audioCommand(names, duration), partial], {
        cwd: work.directory,
        signal,
        onProgress: ({ seconds }) => onProgress(seconds / duration),
      });
    });
  return { name, task };
};
