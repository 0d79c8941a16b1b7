import type { Position } from '#libs/event-log';

export interface ProjectionStatus {
  readonly name: string;
  readonly version: number;
  /** Position up to which its tables are complete. */
  readonly position: Position;
  /** `live` follows the log's end; `catching-up` reads history by itself; `failing` tries the same event again and again. */
  readonly state: 'live' | 'catching-up' | 'failing';
  /** Why it is failing. */
  readonly error?: string;
  /** Failed attempts in a row. */
  readonly attempts: number;
}

/** How far a rebuild has come, in positions of the log. */
export interface RebuildProgress {
  readonly done: Position;
  readonly head: Position;
}
