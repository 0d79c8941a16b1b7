import { DomainError, ERROR_TABLE, type ErrorCode } from '#libs/domain';

/** Operations by name; see MediaOperations and RecorderOperations. */
export type Operations<Ops> = { [K in keyof Ops]: { request: unknown; result: unknown } };

/** What a request's job carries. */
export interface RequestEnvelope {
  /** Milliseconds since 1970, by the asker's clock. After it nobody waits for the answer: the request must not be done. */
  readonly deadline: number;
  readonly request: unknown;
}

/** The job's result. A refusal is a result too, so that its code and details survive the way back. */
export type AnswerEnvelope =
  | { readonly result: unknown }
  | {
      readonly refused: {
        readonly code: ErrorCode;
        readonly details: Record<string, unknown>;
        readonly message: string;
      };
    };

export const refusal = (error: DomainError): AnswerEnvelope => ({
  refused: { code: error.code, details: { ...error.details }, message: error.message },
});

/** The result of an answer. @throws DomainError as the handler threw it. */
export const resultOf = (answer: AnswerEnvelope): unknown => {
  if ('result' in answer) return answer.result;
  const { code, details, message } = answer.refused;
  // A worker of another version may know codes that this one does not.
  throw Object.hasOwn(ERROR_TABLE, code)
    ? new DomainError(code, details, message)
    : new DomainError('INTERNAL_ERROR');
};
