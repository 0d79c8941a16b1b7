import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const LONGEST = 48;
const SEGMENTER = new Intl.Segmenter();

/** A name as one line of text: characters that steer instead of showing become blanks, a very long name is shortened. */
export const shownName = (name: string): string => {
  const line = name.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
  const letters = [...SEGMENTER.segment(line.slice(0, 8 * LONGEST))].map(({ segment }) => segment);
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : line;
};

/** Name of the file, in the folder of the composition, that holds a name for FFmpeg's `textfile`. */
export const nameFile = (name: string): string =>
  `name-${createHash('sha256').update(shownName(name)).digest('hex').slice(0, 16)}.txt`;

/** Writes the files of all names: as text in a file a name can never be read as part of a filter. */
export const writeNameFiles = async (directory: string, names: Iterable<string>): Promise<void> => {
  for (const name of new Set(names)) await writeFile(join(directory, nameFile(name)), shownName(name));
};

/** People's names do not lie about once nothing is composed: one that is erased must be gone here, too. */
export const removeNameFiles = async (directory: string, names: Iterable<string>): Promise<void> => {
  for (const name of new Set(names)) await rm(join(directory, nameFile(name)), { force: true });
};
