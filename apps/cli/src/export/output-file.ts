import { randomBytes } from 'node:crypto';
import { linkSync, renameSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { CommandFailure } from '../command-failure.js';

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such directory',
  ENOTDIR: 'there is no such directory',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EISDIR: 'it is a directory',
};

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException | null)?.code);

const taken = (path: string): CommandFailure =>
  new CommandFailure(`${path} exists already. Name another file, or overwrite it with --force.`);

/**
 * Lets a file be written under another name beside its place, and puts it there when it is complete: whoever finds the file
 * finds all of it, and what failed leaves nothing behind.
 * @throws CommandFailure when the file exists and `force` is not set, or cannot be written
 */
export const writeCompletely = async <T>(
  file: string,
  force: boolean,
  write: (draft: string) => Promise<T>,
): Promise<T> => {
  const path = resolve(file);
  const draft = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there?.isDirectory()) throw new CommandFailure(`${path} is a directory. Name a file in it.`);
    if (there && !force) throw taken(path);
    const result = await write(draft);
    if (force) renameSync(draft, path);
    // Unlike renaming, linking never overwrites what came meanwhile.
    else linkSync(draft, path);
    return result;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw taken(path);
    const why = WHY[codeOf(error)];
    if (why !== undefined) throw new CommandFailure(`${path} cannot be written: ${why}.`);
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
};
