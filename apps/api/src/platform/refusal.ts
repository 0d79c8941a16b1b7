import { HttpException } from '@nestjs/common';
import { DomainError, ERROR_TABLE, type ErrorCode } from '#libs/domain';
import { LogUnavailable } from '#libs/event-log';

/** An error as a client may see it, before a dialect gives it its own format. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly status: number;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
  /** Seconds after which to try again. */
  readonly retryAfter?: number;
}

const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'VALIDATION_FAILED',
  401: 'INVALID_TOKEN',
  403: 'INSUFFICIENT_PERMISSION',
  404: 'NOT_FOUND',
  413: 'PAYLOAD_TOO_LARGE',
  429: 'RATE_LIMIT_EXCEEDED',
};

/** What the details say of when to try again, be it in how many seconds or at which time. */
const secondsToWait = ({ retry_after, reset_at }: Refusal['details']): number | undefined => {
  if (typeof retry_after === 'number') return retry_after;
  if (typeof reset_at !== 'string') return undefined;
  return Math.max(1, Math.ceil((Date.parse(reset_at) - Date.now()) / 1000));
};

/** The sentence for a request that is not valid names the first wrong field, as its details name all of them. */
const withReason = (message: string, details: Refusal['details']): string => {
  if (message !== ERROR_TABLE.VALIDATION_FAILED.message) return message;
  const [field, reason] = Object.entries(details)[0] ?? [];
  if (field === undefined || typeof reason !== 'string') return message;
  return `${message}: ${field === 'reason' ? '' : `${field} `}${reason}`;
};

const refusal = (
  code: ErrorCode,
  details: Refusal['details'] = {},
  message: string = ERROR_TABLE[code].message,
): Refusal => {
  const { status } = ERROR_TABLE[code];
  const retryAfter = secondsToWait(details) ?? (status === 503 ? 1 : undefined);
  return { code, status, message: withReason(message, details), details, ...(retryAfter && { retryAfter }) };
};

/** Turns whatever was thrown into what the client is told; undefined for a fault of our own, which belongs in the log. */
export const knownRefusal = (error: unknown): Refusal | undefined => {
  if (error instanceof DomainError) return refusal(error.code, error.details, error.message);
  if (error instanceof LogUnavailable) return refusal('UNAVAILABLE');
  const status =
    error instanceof HttpException
      ? error.getStatus()
      : (error as { statusCode?: unknown } | null)?.statusCode;
  if (typeof status !== 'number' || status >= 500) return undefined;
  const code = CODE_OF_STATUS[status] ?? 'VALIDATION_FAILED';
  // Only what the framework says of a malformed request is worth passing on; its other sentences are ours already.
  const says = code === 'VALIDATION_FAILED' && error instanceof Error ? { reason: error.message } : {};
  return { ...refusal(code, says), status };
};

export const internalRefusal: Refusal = refusal('INTERNAL_ERROR');

/** How what nobody waits for is logged when it fails: no fault of ours is what is known, such as a process that stops. */
export const failureLevel = (error: unknown): 'warn' | 'error' => (knownRefusal(error) ? 'warn' : 'error');
