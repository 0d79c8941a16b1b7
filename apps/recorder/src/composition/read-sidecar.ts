import { readFile } from 'node:fs/promises';
import type { SidecarEntry } from '../capture/sidecar.js';

/** The entries of a sidecar file. A line that is cut off, as after a crash, is left out; a missing file has none. */
export const readSidecar = async (path: string): Promise<SidecarEntry[]> => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').flatMap(line => {
    try {
      const entry: unknown = JSON.parse(line);
      return typeof entry === 'object' && entry !== null && 'event' in entry ? [entry as SidecarEntry] : [];
    } catch {
      return []; // the last line of a recorder that was killed
    }
  });
};
