import type { ErrorCode } from '#libs/domain';
import type { Refusal } from '../../platform/refusal.js';

/** Where the platform's document has another word for a code of Parley's error table. */
const WORD: Partial<Record<ErrorCode, string>> = {
  INSUFFICIENT_PERMISSION: 'INSUFFICIENT_PERMISSIONS',
  MAX_PARTICIPANTS_REACHED: 'MEETING_FULL',
  MEDIA_UNAVAILABLE: 'SIGNALING_FAILED',
};

export interface PlatformError {
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly request_id: string;
}

/** The platform's standard error, as it stands under `error` in a response or an acknowledgement. */
export const platformError = ({ code, message, details }: Refusal, requestId: string): PlatformError => ({
  code: WORD[code] ?? code,
  message,
  details: { ...details, timestamp: new Date().toISOString() },
  request_id: requestId,
});
