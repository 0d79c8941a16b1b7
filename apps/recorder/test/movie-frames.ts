import { runFfmpeg } from './run-ffmpeg.js';

export type Colour = readonly [red: number, green: number, blue: number];

export interface MovieFrame {
  /** Seconds. */
  readonly time: number;
  at(x: number, y: number): Colour;
}

/** Decodes a movie to its pictures, in their full size. */
export const movieFrames = async (path: string, width: number, height: number): Promise<MovieFrame[]> => {
  const { stdout, stderr } = await runFfmpeg([
    ...['-v', 'info', '-copyts', '-i', path, '-map', '0:v', '-vf', 'showinfo=checksum=0'],
    ...['-fps_mode', 'passthrough', '-pix_fmt', 'rgb24', '-f', 'rawvideo', '-'],
  ]);
  const times = [...stderr.matchAll(/ n: *\d+ pts: *\S+ pts_time:(\S+)/g)].map(match => Number(match[1]));
  const bytes = width * height * 3;
  return times.map((time, i) => ({
    time,
    at: (x, y) => {
      const offset = i * bytes + (Math.round(y) * width + Math.round(x)) * 3;
      return [stdout[offset]!, stdout[offset + 1]!, stdout[offset + 2]!];
    },
  }));
};

/** How far two colours are apart in their most different part. */
export const colourDistance = (a: Colour, b: Colour): number =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
