import type { ExpectedRevision } from './event-log.js';

/** The stream is not where the writer believed it to be. */
export class RevisionConflict extends Error {
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    /** Last revision of the stream; -1 when it does not exist. */
    readonly actual: number,
  ) {
    super(`Stream ${stream} was expected at ${String(expected)} and is at ${actual}`);
    this.name = 'RevisionConflict';
  }
}

/** The store cannot be reached or is closed. Nothing is known of whether an append under way succeeded: repeat it with the same ids. */
export class LogUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LogUnavailable';
  }
}

/** Another process owns the data directory. */
export class LogLocked extends Error {
  constructor(directory: string) {
    super(
      `Another Parley already runs on the data directory ${directory}. Stop it first, or choose another with PARLEY_DATA_DIR.`,
    );
    this.name = 'LogLocked';
  }
}
