import { readBlocks } from '../src/matroska/matroska-reader.js';

/** How many frames or packets lie in a track's file at this moment; none while there is no file. */
export const framesIn = async (path: string): Promise<number> => {
  let count = 0;
  try {
    for await (const blocks of readBlocks(path, false)) count += blocks.length;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return count;
};
