const KEEP_ALIVE = /[?&]keep[-_]?alive[-_]?interval=(-?\d+)/i;
const DEFAULT_INTERVAL_MS = 10_000;
/** Its word for never; so long is as good. */
const NEVER_MS = 2_000_000_000;
const VARIANTS = 1_000;

/**
 * The connection string for the n-th client of a process. gRPC shares connections, and the pause before it connects again
 * (up to two minutes), between channels of equal options; so each attempt has another interval of keeping alive, by
 * a few milliseconds, and connects at once.
 */
export function connectionStringOfAttempt(connectionString: string, attempt: number): string {
  const given = Number(KEEP_ALIVE.exec(connectionString)?.[1] ?? DEFAULT_INTERVAL_MS);
  const interval = (given < 0 ? NEVER_MS : given) + (attempt % VARIANTS);
  const text = connectionString.trim().replace(/\/+$/, '');
  // Of two the client takes the last.
  return `${text}${text.includes('?') ? '&' : '?'}keepAliveInterval=${interval}`;
}

/** The connection string as it may be shown: without user and password. */
export function withoutCredentials(text: string): string {
  return text.replace(/\/\/[^/?@]*@/g, '//');
}
