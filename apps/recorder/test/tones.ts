import { runFfmpeg } from './run-ffmpeg.js';

export const RATE = 48_000;
/** Samples over which power is measured: tones that are 200 Hz apart, or a multiple of it, do not disturb each other. */
export const WINDOW = 240;

/** The sound of a file, mono. */
export const soundOf = async (path: string): Promise<Float32Array> => {
  const format = ['-map', '0:a', '-ac', '1', '-ar', String(RATE), '-f', 'f32le', '-'];
  const { stdout } = await runFfmpeg(['-v', 'error', '-i', path, ...format]);
  return new Float32Array(Uint8Array.from(stdout).buffer, 0, stdout.length >> 2);
};

/** Power of one frequency in a window (Goertzel's algorithm). */
export const powerOf = (samples: Float32Array, start: number, frequency: number): number => {
  const coefficient = 2 * Math.cos((2 * Math.PI * frequency) / RATE);
  let [a, b] = [0, 0];
  for (let i = 0; i < WINDOW; i++) [a, b] = [samples[start + i]! + coefficient * a - b, a];
  return a * a + b * b - coefficient * a * b;
};

/** Mean power of one frequency from one second to another. */
export const meanPower = (samples: Float32Array, frequency: number, from: number, to: number): number => {
  const last = Math.min(samples.length, to * RATE) - WINDOW;
  let [sum, windows] = [0, 0];
  for (let start = Math.round(from * RATE); start <= last; start += WINDOW, windows++) {
    sum += powerOf(samples, start, frequency);
  }
  return sum / windows;
};
