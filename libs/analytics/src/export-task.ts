import type { Position } from '#libs/event-log';
import type { LogRange } from './event-selection.js';

export interface ReadProgress {
  readonly events: number;
  /** How far the log has been read. */
  readonly position: Position;
}

/** What to take out of the log, and who hears of it. */
export interface ExportTask {
  readonly range: LogRange;
  /** Ends it early: it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ReadProgress) => void;
}
