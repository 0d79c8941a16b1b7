import type { Refusal } from '../../platform/refusal.js';
import { meetingsWord } from './meetings-word.js';

/** A refusal as the meetings document shows it: as a message over a socket has it. */
export const meetingsError = ({ code, message, details }: Refusal, requestId: string) => ({
  message,
  code: meetingsWord(code),
  details: { ...details, request_id: requestId },
});

/** The same as the body of an answer by HTTP. */
export const meetingsErrorBody = (refusal: Refusal, requestId: string): object => ({
  status: 'error',
  ...meetingsError(refusal, requestId),
  timestamp: new Date().toISOString(),
});
