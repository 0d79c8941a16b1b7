import { ERROR_TABLE, type ErrorCode } from './error-table.js';

/** A refusal with a code of the error table. `details` is shown to the client: nothing secret belongs in it. */
export class DomainError extends Error {
  readonly status: number;

  constructor(
    readonly code: ErrorCode,
    readonly details: Readonly<Record<string, unknown>> = {},
    message: string = ERROR_TABLE[code].message,
  ) {
    super(message);
    this.name = 'DomainError';
    this.status = ERROR_TABLE[code].status;
  }
}
