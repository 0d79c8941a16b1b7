/** What went wrong with a connection, in words for an administrator. Never the error's own sentence: it may quote the address. */
const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host has no address',
  EAI_AGAIN: 'the host’s address could not be found out',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the receiver closed the connection',
  EPIPE: 'the receiver closed the connection',
  UND_ERR_SOCKET: 'the receiver closed the connection',
  ETIMEDOUT: 'no connection came about',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the host cannot be reached',
  UND_ERR_CONNECT_TIMEOUT: 'no connection came about in time',
  UND_ERR_HEADERS_OVERFLOW: 'the answer’s headers are too large',
};

const codeOf = (error: unknown): string => {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  return cause === undefined ? '' : codeOf(cause);
};

/** The sentence that `last_error` shows. */
export const failureWords = (error: unknown): string => {
  const code = codeOf(error);
  if (code === 'ADDRESS_REFUSED') return (error as Error).message;
  const known = WORDS[code];
  if (known !== undefined) return known;
  if (/CERT|SSL|TLS|UNABLE_TO_|SELF_SIGNED/.test(code)) return `TLS failed: ${code}`;
  if ((error as Error).name === 'HTTPParserError') return 'the answer is not HTTP';
  return code === '' ? 'the connection failed' : `the connection failed: ${code}`;
};
