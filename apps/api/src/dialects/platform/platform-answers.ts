import type { ErrorCode } from '#libs/domain';
import { ApiAnswers, type GoodAnswer } from '../../platform/api-answers.js';
import { platformWord } from './platform-word.js';

/** What a route of this dialect answers, and its refusals, to which those that every route has are added. */
export const PlatformAnswers = (good: GoodAnswer, ...refusals: ErrorCode[]): MethodDecorator =>
  ApiAnswers(good, ['VALIDATION_FAILED', 'INVALID_TOKEN', ...refusals], platformWord);
