import { runFfmpeg } from './run-ffmpeg.js';

const RATE = 48_000;
const WINDOW = 240;
const HOP = 48;
/** Of the loudest; a beep begins above the first and has ended below the second. */
const [LOUD, QUIET] = [0.25, 0.02];

/** Power of one frequency in a window (Goertzel's algorithm). */
const powerOf = (samples: Float32Array, start: number, frequency: number): number => {
  const coefficient = 2 * Math.cos((2 * Math.PI * frequency) / RATE);
  let [a, b] = [0, 0];
  for (let i = 0; i < WINDOW; i++) [a, b] = [samples[start + i]! + coefficient * a - b, a];
  return a * a + b * b - coefficient * a * b;
};

/** When beeps of a frequency begin, seconds. */
export const beepTimes = async (path: string, frequency: number): Promise<number[]> => {
  const args = [
    '-v',
    'error',
    '-i',
    path,
    '-map',
    '0:a',
    '-ac',
    '1',
    '-ar',
    String(RATE),
    '-f',
    'f32le',
    '-',
  ];
  const { stdout } = await runFfmpeg(args);
  const samples = new Float32Array(Uint8Array.from(stdout).buffer, 0, stdout.length >> 2);
  const powers: number[] = [];
  for (let start = 0; start + WINDOW < samples.length; start += HOP)
    powers.push(powerOf(samples, start, frequency));
  const loudest = powers.toSorted((x, y) => y - x)[Math.floor(powers.length * 0.005)]!;
  const times: number[] = [];
  let on = false;
  powers.forEach((power, i) => {
    const time = (i * HOP + WINDOW / 2) / RATE;
    if (!on && power > loudest * LOUD && power > 1e-3) {
      if (time - (times.at(-1) ?? -1) > 0.3) times.push(time);
      on = true;
    } else if (on && power < loudest * QUIET) on = false;
  });
  return times;
};
