import type { DuckDBConnection } from '@duckdb/node-api';

/** DuckDB forgets an interruption that comes before it has begun to run a statement: it is told again, this often. */
const AGAIN_MS = 50;

/** Does work on a connection, and from the signal's abort on interrupts whatever the connection is at, until the work ends. */
export const interruptible = async <T>(
  connection: DuckDBConnection,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> => {
  let again: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    connection.interrupt();
    again = setTimeout(interrupt, AGAIN_MS);
  };
  signal?.addEventListener('abort', interrupt);
  if (signal?.aborted) interrupt();
  try {
    return await work();
  } finally {
    signal?.removeEventListener('abort', interrupt);
    clearTimeout(again);
  }
};
