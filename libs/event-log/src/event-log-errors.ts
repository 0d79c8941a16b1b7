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

/** The append cannot be recorded by any log, whatever the state of the stream: a mistake of the writer's, not to be repeated. */
export class InvalidAppend extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'InvalidAppend';
  }
}

/** An event is larger than any log takes. */
export class EventTooLarge extends InvalidAppend {
  constructor(
    readonly type: string,
    readonly id: string,
    /** Data and metadata as JSON, in bytes of UTF-8. */
    readonly bytes: number,
    readonly limit: number,
  ) {
    super(`Event ${type} ${id} has ${bytes} bytes; the log takes at most ${limit}`);
    this.name = 'EventTooLarge';
  }
}
