import type { ErrorCode } from '#libs/domain';

/** Where the platform's document has another word for a code of Parley's error table. */
const WORD: Partial<Record<ErrorCode, string>> = {
  INSUFFICIENT_PERMISSION: 'INSUFFICIENT_PERMISSIONS',
  MAX_PARTICIPANTS_REACHED: 'MEETING_FULL',
  MEDIA_UNAVAILABLE: 'SIGNALING_FAILED',
};

/** The platform document's word for a code. */
export const platformWord = (code: ErrorCode): string => WORD[code] ?? code;
