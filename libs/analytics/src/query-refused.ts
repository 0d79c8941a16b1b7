import { isOutOfMemory } from './out-of-memory.js';

/** A query that is not run, or was stopped: its message says why, in words for who wrote it. */
export class QueryRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'QueryRefused';
  }
}

/** What DuckDB says of a query, with the place where it can be told. */
export const refusalOf = (error: unknown): QueryRefused => {
  const message = String((error as { readonly message?: unknown } | null)?.message ?? error).trimEnd();
  // What it advises are settings, which a query cannot change.
  if (isOutOfMemory(error)) {
    return new QueryRefused(
      'The query needs more memory than it may take. Ask for fewer rows or columns at a time.',
    );
  }
  return new QueryRefused(
    message.replace(/^Failed to extract statements: /, '').replace(/\n\n(LINE )/, '\n$1'),
  );
};
