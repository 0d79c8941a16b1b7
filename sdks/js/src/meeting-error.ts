import { camelCased } from './case-conversion.js';

export interface MeetingErrorParts {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

/**
 * A request that did not succeed. `code` is the API's, such as `MEETING_ALREADY_ACTIVE`, or one of the client's own:
 * `NETWORK_ERROR` (no answer, after all attempts), `CONNECTION_LOST` (the socket went before the answer came: it may have
 * happened or not), `CONNECTION_CLOSED` (the client closed it) and `ABORTED` (by the caller's signal).
 */
export class MeetingError extends Error {
  override readonly name = 'MeetingError';
  readonly code: string;
  /** HTTP status of the answer; 0 where none came, and for messages over a socket. */
  readonly status: number;
  /** What the API says besides, such as which field of a request is wrong. */
  readonly details: Readonly<Record<string, unknown>>;
  /** Seconds after which the API says to try again. */
  readonly retryAfter?: number;

  constructor({ code, status, message, details = {}, retryAfter, cause }: MeetingErrorParts) {
    super(message, { cause });
    this.code = code;
    this.status = status;
    this.details = details;
    if (retryAfter !== undefined) this.retryAfter = retryAfter;
  }

  /**
   * The error that an answer tells of.
   * @param body of the answer, where it was JSON; that of a proxy may be anything
   */
  static of(status: number, body: unknown, retryAfter?: number): MeetingError {
    const told = (body as { error?: unknown } | null)?.error ?? body;
    const { code, message, details } = (told ?? {}) as {
      code?: unknown;
      message?: unknown;
      details?: unknown;
    };
    return new MeetingError({
      code: typeof code === 'string' ? code : `HTTP_${status}`,
      status,
      message: typeof message === 'string' ? message : `The server answered with status ${status}`,
      details: camelCased(typeof details === 'object' ? (details ?? {}) : {}),
      retryAfter,
    });
  }
}
