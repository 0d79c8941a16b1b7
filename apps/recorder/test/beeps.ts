import { powerOf, RATE, soundOf, WINDOW } from './tones.js';

const HOP = 48;
/** Of the loudest; a beep begins above the first and has ended below the second. */
const [LOUD, QUIET] = [0.25, 0.02];

/** When beeps of a frequency begin, seconds. */
export const beepTimes = async (path: string, frequency: number): Promise<number[]> => {
  const samples = await soundOf(path);
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
