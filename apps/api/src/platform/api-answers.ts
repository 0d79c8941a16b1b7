import { applyDecorators } from '@nestjs/common';
import { ApiResponse, type ApiResponseOptions } from '@nestjs/swagger';
import { ERROR_TABLE, type ErrorCode } from '#libs/domain';

export interface GoodAnswer {
  /** 200 when absent. */
  readonly status?: number;
  readonly description: string;
  /** As the system's own document shows it; absent where the answer has no JSON. */
  readonly example?: object;
}

const described = (codes: readonly ErrorCode[], wordOf: (code: ErrorCode) => string): string =>
  codes.map(code => `\`${wordOf(code)}\`: ${ERROR_TABLE[code].message}`).join('<br>');

/**
 * What the OpenAPI document says of a route's answers: the good one with an example, and the refusals by their status.
 * @param wordOf the dialect's word for a code of the error table
 * @param headers of every answer
 */
export const ApiAnswers = (
  { status = 200, description, example }: GoodAnswer,
  refusals: readonly ErrorCode[],
  wordOf: (code: ErrorCode) => string = code => code,
  headers?: ApiResponseOptions['headers'],
): MethodDecorator => {
  const byStatus = Map.groupBy(new Set(refusals), code => ERROR_TABLE[code].status);
  // What it holds, the example shows: one cannot tell what may be null or absent.
  const schema = { type: 'object', additionalProperties: true };
  const content = example && { 'application/json': { schema, example } };
  return applyDecorators(
    ApiResponse({ status, description, ...(content && { content }), ...(headers && { headers }) }),
    ...[...byStatus].map(([refused, codes]) =>
      ApiResponse({ status: refused, description: described(codes, wordOf), ...(headers && { headers }) }),
    ),
  );
};
