import type { WriteStream } from 'node:tty';

/** How far a reading of the log has come. */
export interface Reading {
  readonly events: number;
  readonly position: number;
}

const SHOWN_EVERY_MS = 200;
const SAID_EVERY_MS = 5000;
const BAR_WIDTH = 24;

const count = (number: number): string => Math.round(number).toLocaleString('en');

const duration = (seconds: number): string =>
  seconds < 60 ? `${Math.ceil(seconds)} s` : `${Math.floor(seconds / 60)} min ${Math.ceil(seconds % 60)} s`;

/** `[██████      ] 25 %  250,000 events, 90,000/s, 9 s left`; without the bar where nothing can be drawn. */
export const progressText = (
  { events, position }: Reading,
  range: { readonly from: number; readonly to: number },
  elapsedSeconds: number,
  withBar: boolean,
): string => {
  const share =
    range.to > range.from ? Math.min(1, Math.max(0, position - range.from) / (range.to - range.from)) : 1;
  const filled = Math.floor(share * BAR_WIDTH);
  const bar = withBar ? `[${'█'.repeat(filled)}${' '.repeat(BAR_WIDTH - filled)}] ` : '';
  const rate = elapsedSeconds > 0 ? `, ${count(events / elapsedSeconds)}/s` : '';
  const left =
    share > 0 && share < 1 && elapsedSeconds > 0
      ? `, ${duration((elapsedSeconds / share) * (1 - share))} left`
      : '';
  return `${bar}${Math.floor(share * 100)} %  ${count(events)} events${rate}${left}`;
};

/**
 * Tells how far a reading has come: on a terminal by a line with a bar that is drawn anew, elsewhere by a plain line every
 * few seconds. What is done sooner than that says nothing.
 */
export class ProgressLine {
  readonly #begun: number;
  #next: number;

  constructor(
    private readonly title: string,
    /** Positions: of the event before the first one, and of the last one. */
    private readonly range: { readonly from: number; readonly to: number },
    private readonly output: Pick<WriteStream, 'isTTY' | 'write' | 'columns'> = process.stderr,
    private readonly now = () => performance.now(),
  ) {
    this.#begun = now();
    this.#next = this.#begun + (output.isTTY ? SHOWN_EVERY_MS : SAID_EVERY_MS);
  }

  readonly report = (reading: Reading): void => {
    const now = this.now();
    if (now < this.#next) return;
    const { isTTY, columns = 80 } = this.output;
    this.#next = now + (isTTY ? SHOWN_EVERY_MS : SAID_EVERY_MS);
    const text = `${this.title} ${progressText(reading, this.range, (now - this.#begun) / 1000, isTTY)}`;
    this.output.write(isTTY ? `\r\x1b[K${text.slice(0, columns - 1)}` : `${text}\n`);
  };

  /** Takes the line off the terminal. */
  clear(): void {
    if (this.output.isTTY) this.output.write('\r\x1b[K');
  }
}
