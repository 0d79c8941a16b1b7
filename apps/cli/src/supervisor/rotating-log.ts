import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export const LOG_LIMIT_BYTES = 20 * 1024 * 1024;
const KEPT_OLD_LOGS = 3;

/** Moves NAME to NAME.1, NAME.1 to NAME.2 and so on; the oldest is overwritten. */
const shift = (path: string): void => {
  for (let age = KEPT_OLD_LOGS - 1; age >= 0; age -= 1) {
    const from = age === 0 ? path : `${path}.${age}`;
    if (existsSync(from)) renameSync(from, `${path}.${age + 1}`);
  }
};

/**
 * A log file that is appended to, and set aside when it has grown to `limit` bytes. It is written synchronously: what
 * was handed over is in the file even if this process is killed the next moment.
 */
export class RotatingLog {
  private file: number;
  private size: number;

  constructor(
    readonly path: string,
    private readonly limit = LOG_LIMIT_BYTES,
  ) {
    mkdirSync(dirname(path), { recursive: true });
    this.file = openSync(path, 'a');
    this.size = fstatSync(this.file).size;
  }

  write(line: string): void {
    if (this.size >= this.limit) this.rotate();
    this.size += writeSync(this.file, `${line}\n`);
  }

  close(): void {
    closeSync(this.file);
  }

  private rotate(): void {
    closeSync(this.file);
    shift(this.path);
    this.file = openSync(this.path, 'a');
    this.size = 0;
  }
}
