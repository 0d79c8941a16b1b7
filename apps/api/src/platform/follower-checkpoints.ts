import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import type { Position } from '#libs/event-log';

const isPositions = (value: unknown): value is Record<string, Position> =>
  typeof value === 'object' && value !== null && Object.values(value).every(Number.isSafeInteger);

/**
 * How far each follower of the log has come, in a small file. It is written behind the work, so that a process that died
 * does a little of it again, and never leaves any out.
 */
export class FollowerCheckpoints {
  private readonly positions: Map<string, Position>;
  private written = '';

  /** @param onBroken told when the file, as after a power cut, holds something else; followers begin at the log's end then */
  constructor(
    private readonly file: string,
    onBroken: (error: unknown) => void,
  ) {
    let found: Record<string, Position> = {};
    try {
      found = this.read();
    } catch (error) {
      onBroken(error);
    }
    this.positions = new Map(Object.entries(found));
  }

  get(follower: string): Position | undefined {
    return this.positions.get(follower);
  }

  set(follower: string, position: Position): void {
    this.positions.set(follower, position);
  }

  /** Writes what changed; the file is always whole. Calls must not overlap. */
  async save(): Promise<void> {
    const text = JSON.stringify(Object.fromEntries(this.positions));
    if (text === this.written) return;
    const draft = `${this.file}.new`;
    await writeFile(draft, text);
    await rename(draft, this.file);
    this.written = text;
  }

  private read(): Record<string, Position> {
    let text: string;
    try {
      text = readFileSync(this.file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
      throw error;
    }
    const found: unknown = JSON.parse(text);
    if (!isPositions(found)) throw new Error(`${this.file} does not hold positions`);
    return found;
  }
}
