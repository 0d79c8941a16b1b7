import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A short digest of everything that shapes an output: the same input, the same key. */
export const contentKey = (...shapes: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(shapes)).digest('hex').slice(0, 20);

/**
 * Makes a file under a name of its own and renames it when it is whole: what has the final name is finished.
 * @param directory where it is made, on the same file system; beside its place by default
 */
export const makeWhole = async (
  path: string,
  make: (partial: string) => Promise<void>,
  directory: string = dirname(path),
): Promise<void> => {
  const partial = join(directory, `${basename(path)}.${randomUUID()}.part`);
  try {
    await make(partial);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
};

/** The folder of unfinished work: what an interrupted composition finished is found here by its key and not made again. */
export class WorkFiles {
  constructor(readonly directory: string) {}

  async create(): Promise<void> {
    await mkdir(this.directory, { recursive: true });
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  /** Makes a file unless it is there. */
  async once(name: string, make: (partial: string) => Promise<void>): Promise<void> {
    const path = this.path(name);
    const there = await access(path).then(
      () => true,
      () => false,
    );
    if (!there) await makeWhole(path, make);
  }

  /** Makes a file that stays when the work is removed. */
  async result(path: string, make: (partial: string) => Promise<void>): Promise<void> {
    await makeWhole(path, make, this.directory);
  }

  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }
}
