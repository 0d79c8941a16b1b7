import type { Picture, Segment } from './plan.js';

const WIDTH = 640;

/** The time, seconds, of the picture that stands for the recording: a tenth in, or the first one with people. */
export const thumbnailTime = (segments: readonly Segment[], { fps }: Picture): number => {
  const total = segments.reduce((sum, { frames }) => sum + frames, 0);
  const tenth = Math.floor(total / 10);
  const inside = segments.find(({ firstFrame, frames }) => tenth < firstFrame + frames);
  if (inside && inside.cells.length > 0) return tenth / fps;
  const peopled =
    segments.find(({ cells }) => cells.some(({ video }) => video)) ?? segments.find(s => s.cells.length > 0);
  return (peopled ? peopled.firstFrame + Math.floor(peopled.frames / 2) : tenth) / fps;
};

/** FFmpeg's arguments that take a thumbnail; the output path is to be appended. */
export const thumbnailCommand = (movie: string, time: number): string[] => [
  ...['-ss', time.toFixed(3), '-i', movie, '-frames:v', '1', '-vf', `scale='min(${WIDTH},iw)':-2`],
  ...['-q:v', '4', '-f', 'mjpeg'],
];
