import { join } from 'node:path';
import type { ParticipantPage } from '../../apps/cli/src/demo/participant-page.js';
import { until } from './until.js';
import { type Colour, coloursOverTime } from './video-file.js';

/** Which participants' colours a page shows now, in the order of the alphabet. */
export const coloursOn = async (one: ParticipantPage, folder: string): Promise<Colour[]> => {
  const path = join(folder, `${one.name}.png`);
  await one.page.screenshot({ path });
  return [...(coloursOverTime(path)[0]?.colours ?? [])].sort();
};

/** The names on the tiles of a page, oneself last. */
export const tilesOn = ({ page }: ParticipantPage): Promise<string[]> =>
  page.getByTestId('tile-name').allInnerTexts();

/** From one picture to the next, on average, on the busiest machine on which this is to hold. */
const SLOWEST_MS = 2000;

/**
 * Waits until a page decodes new pictures of so many others, and has no picture of anybody else.
 * @param more how many of each beyond the first few
 */
export const decodesPicturesOf = async (one: ParticipantPage, others: number, more = 0): Promise<void> => {
  const before = await until(`${one.name} receives pictures of ${others}`, async () => {
    const frames = await one.framesFrom();
    return frames.size === others && [...frames.values()].every(count => count > 0) && frames;
  });
  const enough = (from: string, count: number): boolean => count > (before.get(from) ?? 0) + 3 + more;
  await until(
    `${one.name} decodes new pictures of ${others}`,
    async () => {
      const now = await one.framesFrom();
      return now.size === others && [...now].every(([from, count]) => enough(from, count));
    },
    30_000 + more * SLOWEST_MS,
  );
};
