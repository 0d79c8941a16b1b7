import { timescale } from './segment-command.js';
import type { Picture, Segment } from './plan.js';

/** List for FFmpeg's concat reader. @param paths names of the segments' files, beside the list */
export const joinList = (segments: readonly Segment[], paths: readonly string[], { fps }: Picture): string =>
  segments.map(({ frames }, i) => `file '${paths[i]}'\nduration ${(frames / fps).toFixed(6)}\n`).join('');

/** FFmpeg's arguments that join the segments and the audio without encoding again; the output path is to be appended. */
export const joinCommand = (list: string, audio: string, { fps }: Picture): string[] => [
  ...['-f', 'concat', '-safe', '0', '-i', list, '-i', audio, '-map', '0:v', '-map', '1:a', '-c', 'copy'],
  ...['-video_track_timescale', String(timescale(fps)), '-movflags', '+faststart', '-f', 'mp4'],
];
