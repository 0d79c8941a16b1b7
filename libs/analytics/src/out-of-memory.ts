/** Whether DuckDB reached its limit of memory: it says so in different words when it computes, appends and encodes. */
export const isOutOfMemory = (error: unknown): boolean =>
  /out of memory|failed to (pin|allocate)|could not allocate/i.test(
    String((error as { readonly message?: unknown } | null)?.message),
  );
