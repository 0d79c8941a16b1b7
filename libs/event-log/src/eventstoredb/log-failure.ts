import { ErrorType, isCommandError } from '@eventstore/db-client';
import { status } from '@grpc/grpc-js';
import { LogUnavailable } from '../event-log-errors.js';

/** What the client's own errors say of a server that cannot answer now, whatever was asked. */
const UNAVAILABLE_TYPES: ReadonlySet<string> = new Set([
  ErrorType.UNAVAILABLE,
  ErrorType.CANCELLED,
  ErrorType.NOT_LEADER,
  ErrorType.TIMEOUT,
  ErrorType.DEADLINE_EXCEEDED,
]);
const UNAVAILABLE_STATUSES: ReadonlySet<unknown> = new Set([
  status.UNAVAILABLE,
  status.CANCELLED,
  status.ABORTED,
  status.DEADLINE_EXCEEDED,
]);
/** Of a connection that broke amid a call gRPC says INTERNAL or UNKNOWN; before a call the client throws plain errors. */
const BROKEN_CONNECTION =
  /RST_STREAM|GOAWAY|http2|socket|ECONN|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|connection|write after end|channel has been (shut down|closed)|failed to discover/i;

/**
 * An error of the client, of gRPC or of the network as the port knows it: LogUnavailable where the server could not answer;
 * anything else as it is.
 */
export function logFailure(error: unknown): Error {
  if (error instanceof LogUnavailable) return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  if (!isUnavailable(cause)) return cause;
  return new LogUnavailable(`EventStoreDB does not answer: ${cause.message}`, { cause });
}

function isUnavailable(error: Error): boolean {
  const { code } = error as { code?: unknown };
  if (UNAVAILABLE_STATUSES.has(code)) return true;
  if (isCommandError(error)) {
    if (UNAVAILABLE_TYPES.has(error.type)) return true;
    if (error.type !== ErrorType.UNKNOWN) return false;
  }
  const broken =
    code === undefined || typeof code === 'string' || code === status.INTERNAL || code === status.UNKNOWN;
  return broken && BROKEN_CONNECTION.test(`${String(code)} ${error.message}`);
}
