import type { ErrorCode } from '#libs/domain';
import { ApiAnswers } from '../../platform/api-answers.js';
import { meetingsWord } from './meetings-word.js';

const AT = '2024-01-15T10:30:00.000Z';

/** What a route of this dialect answers: its data in the envelope, and the refusals, to which every route's own are added. */
export const MeetingsAnswers = (message: string, data: object, ...refusals: ErrorCode[]): MethodDecorator =>
  ApiAnswers(
    { description: message, example: { status: 'success', message, data, timestamp: AT } },
    ['VALIDATION_FAILED', 'INVALID_TOKEN', 'MEETING_NOT_FOUND', 'RATE_LIMIT_EXCEEDED', ...refusals],
    meetingsWord,
  );
