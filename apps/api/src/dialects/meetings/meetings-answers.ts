import type { ErrorCode } from '#libs/domain';
import { ApiAnswers } from '../../platform/api-answers.js';
import { meetingsWord } from './meetings-word.js';

const AT = '2024-01-15T10:30:00.000Z';

const integer = (description: string, example: number): object => ({
  description,
  example,
  schema: { type: 'integer' },
});

/** How the asker stands with the route's rate limit. */
const RATE_LIMIT = {
  'X-RateLimit-Limit': integer('Requests that a window lets through', 100),
  'X-RateLimit-Remaining': integer('Requests that this window still lets through', 95),
  'X-RateLimit-Reset': integer('When the next window begins, in seconds since 1970', 1_642_248_000),
};

/** What a route of this dialect answers: its data in the envelope, and the refusals, to which every route's own are added. */
export const MeetingsAnswers = (
  message: string,
  data: object | null,
  ...refusals: ErrorCode[]
): MethodDecorator =>
  ApiAnswers(
    { description: message, example: { status: 'success', message, data, timestamp: AT } },
    ['VALIDATION_FAILED', 'INVALID_TOKEN', 'MEETING_NOT_FOUND', 'RATE_LIMIT_EXCEEDED', ...refusals],
    meetingsWord,
    RATE_LIMIT,
  );
