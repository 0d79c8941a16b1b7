import type { ComposedParticipant } from '#libs/work-queues';
import { audioCommand } from './audio-command.js';
import { runFfmpeg } from './ffmpeg.js';
import type { Task } from './run-tasks.js';
import { identityOf, type TrackTimeline } from './track-timeline.js';
import { writeVoiceFile } from './voice-file.js';
import { contentKey, type WorkFiles } from './work-files.js';

/** Counts up when mixing makes something else of the same tracks. */
const VERSION = 2;

/** The audio tracks of each voice: one participant's microphone, or the sound of what one shares. */
const voicesOf = (timelines: readonly TrackTimeline[]): TrackTimeline[][] => {
  const audio = timelines.filter(({ track }) => track.kind === 'audio');
  return [...Map.groupBy(audio, ({ track }) => `${track.participantId} ${track.source}`).values()];
};

/**
 * The mix of all voices over the whole recording, each while its participant is there: the log says when, as for pictures,
 * because what was still on its way when somebody moved to a breakout room was captured, too.
 * @param duration seconds. @param onProgress told the share that is done
 */
export const mixAudio = (
  work: WorkFiles,
  people: readonly ComposedParticipant[],
  timelines: readonly TrackTimeline[],
  duration: number,
  onProgress: (share: number) => void,
): { readonly name: string; readonly task: Task } => {
  const voices = voicesOf(timelines).map(voice => {
    const heard = people.find(one => one.participantId === voice[0]!.track.participantId)?.present ?? [];
    const key = contentKey(VERSION, voice.map(identityOf), heard, duration);
    return { voice, heard, name: `voice-${key}.mkv` };
  });
  const names = voices.map(({ name }) => name);
  const name = `audio-${contentKey(VERSION, names, duration)}.mp4`;
  const task: Task = signal =>
    work.once(name, async partial => {
      for (const { voice, heard, name } of voices)
        await work.once(name, path => writeVoiceFile(path, voice, heard, duration));
      await runFfmpeg([...audioCommand(names, duration), partial], {
        cwd: work.directory,
        signal,
        onProgress: ({ seconds }) => onProgress(seconds / duration),
      });
    });
  return { name, task };
};
