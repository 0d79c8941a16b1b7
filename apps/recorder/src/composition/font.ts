import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';

const DEJAVU = '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf';

const askFontconfig = async (): Promise<string | undefined> => {
  try {
    const { stdout } = await promisify(execFile)('fc-match', ['-f', '%{file}', 'sans']);
    return stdout || undefined;
  } catch {
    return undefined; // no fontconfig here: names are left out
  }
};

/** A font file for names: Debian's DejaVu, else what fontconfig gives; undefined (no names are drawn) where there is none. */
export const findFont = async (): Promise<string | undefined> => {
  try {
    await access(DEJAVU);
    return DEJAVU;
  } catch {
    return askFontconfig();
  }
};
