import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';

const DEJAVU = '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf';

/** A font file for names: Debian's DejaVu, else what fontconfig gives; undefined (no names are drawn) where there is none. */
export const findFont = async (): Promise<string | undefined> => {
  try {
    await access(DEJAVU);
    return DEJAVU;
  } catch {
    const found = await promisify(execFile)('fc-match', ['-f', '%{file}', 'sans']).catch(() => undefined);
    return found?.stdout || undefined;
  }
};
