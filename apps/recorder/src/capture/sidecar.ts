import { closeSync, openSync, writeSync } from 'node:fs';

/**
 * What a track's `.jsonl` file tells beside its media, one object a line. `at`: media time in milliseconds since the
 * recording's epoch, as in the media file.
 */
export type SidecarEntry =
  | { readonly event: 'opened'; readonly mimeType: string; readonly ssrc: number }
  | { readonly event: 'start'; readonly at: number; readonly rtpTimestamp: number }
  | { readonly event: 'size'; readonly at: number; readonly width: number; readonly height: number }
  | { readonly event: 'loss'; readonly at: number; readonly packets: number }
  /** Packets from here on are `by` milliseconds later than the clock had them before. */
  | { readonly event: 'reanchor'; readonly at: number; readonly by: number }
  /** Smallest delay of a second's packets against the clock, milliseconds; composition subtracts it. */
  | { readonly event: 'delay'; readonly at: number; readonly smallest: number }
  | ({ readonly event: 'end' } & CaptureStatistics);

export interface CaptureStatistics {
  readonly packets: number;
  readonly lost: number;
  readonly late: number;
  readonly frames: number;
  readonly dropped: number;
}

const rounded = (_key: string, value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 100) / 100 : value;

/** Appends to a sidecar file; lines reach it with `flush`. */
export class SidecarWriter {
  readonly #file: number;
  #lines = '';

  constructor(path: string) {
    this.#file = openSync(path, 'a');
  }

  write(entry: SidecarEntry): void {
    this.#lines += `${JSON.stringify(entry, rounded)}\n`;
  }

  flush(): void {
    if (this.#lines === '') return;
    const lines = this.#lines;
    this.#lines = '';
    writeSync(this.#file, lines);
  }

  close(): void {
    try {
      this.flush();
    } finally {
      closeSync(this.#file);
    }
  }
}
