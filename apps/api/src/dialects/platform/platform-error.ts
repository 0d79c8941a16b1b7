import type { Refusal } from '../../platform/refusal.js';
import { platformWord } from './platform-word.js';

export interface PlatformError {
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly request_id: string;
}

/** The platform's standard error, as it stands under `error` in a response or an acknowledgement. */
export const platformError = ({ code, message, details }: Refusal, requestId: string): PlatformError => ({
  code: platformWord(code),
  message,
  details: { ...details, timestamp: new Date().toISOString() },
  request_id: requestId,
});
