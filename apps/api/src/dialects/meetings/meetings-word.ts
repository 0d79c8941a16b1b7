import type { ErrorCode } from '#libs/domain';

/** Where the meetings document has another word for a code of Parley's error table. */
const WORD: Partial<Record<ErrorCode, string>> = { NOT_IN_MEETING: 'INSUFFICIENT_PERMISSION' };

/** The meetings document's word for a code. */
export const meetingsWord = (code: ErrorCode): string => WORD[code] ?? code;
