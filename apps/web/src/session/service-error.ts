interface WireError {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly details?: unknown;
  readonly request_id?: unknown;
}

/** A refusal by the server, or by the way to it (`DISCONNECTED`, `TIMEOUT`, `UNREACHABLE`). */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';

  constructor(
    readonly code: string,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    readonly requestId?: string,
  ) {
    super(message);
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Reads an error in either of the server's forms: `{error: {...}}` or `{status: 'error', code, message, details}`. */
export const readServiceError = (body: unknown, fallbackCode = 'INTERNAL_ERROR'): ServiceError => {
  const outer: Record<string, unknown> = isObject(body) ? body : {};
  const wire: WireError = isObject(outer['error']) ? outer['error'] : outer;
  const code = typeof wire.code === 'string' ? wire.code : fallbackCode;
  return new ServiceError(
    code,
    typeof wire.message === 'string' ? wire.message : 'The server could not do this',
    isObject(wire.details) ? wire.details : {},
    typeof wire.request_id === 'string' ? wire.request_id : undefined,
  );
};

/** Whether an error is a refusal with one of these codes. */
export const hasCode = (error: unknown, ...codes: readonly string[]): error is ServiceError =>
  error instanceof ServiceError && codes.includes(error.code);

/** Refusals that pass by themselves: asking again later may work. */
export const isPassing = (error: unknown): boolean =>
  hasCode(
    error,
    'TIMEOUT',
    'UNREACHABLE',
    'UNAVAILABLE',
    'SIGNALING_FAILED',
    'OVERLOADED',
    'RATE_LIMIT_EXCEEDED',
    'INTERNAL_ERROR',
  );
