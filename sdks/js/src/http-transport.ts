import { aborted, backOff, pause } from './back-off.js';
import { camelCased, snakeCased } from './case-conversion.js';
import { MeetingError } from './meeting-error.js';

/** A JWT, or what gets one: it is asked before each request, so that it can renew one that expires. */
export type Token = string | (() => string | Promise<string>);

/** What every call takes as its last argument. */
export interface RequestOptions {
  /**
   * A name for what is to happen once (1 to 255 characters): calls with the same key, also after a restart, do it
   * once. Made anew for each call when absent, and kept over its attempts.
   */
  readonly idempotencyKey?: string;
  /** Ends the call, and its attempts. */
  readonly signal?: AbortSignal;
}

export interface TransportOptions {
  readonly apiUrl: string;
  readonly token: Token;
  readonly fetch: typeof fetch;
  readonly maxRetries: number;
  readonly maxRetryDelayMs: number;
  readonly timeoutMs: number;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
type Query = Readonly<Record<string, string | number | undefined>>;

/** What is likely to be over soon. Each attempt carries the same Idempotency-Key, so nothing happens twice. */
const PASSING = [0, 429, 502, 503, 504];

/** 128 random bits; `crypto.randomUUID` is not there on pages that came over plain HTTP. */
const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');

const jsonOf = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    // Not from the API itself: a page of some proxy.
    return undefined;
  }
};

/** Seconds of a Retry-After header. */
const secondsOf = (header: string | null): number | undefined =>
  header !== null && /^\d+$/.test(header) ? Number(header) : undefined;

/**
 * A browser does not tell a page that a server does not let in pages of its site: it looks as if the server were away.
 * @returns the end of the sentence, empty where there is no page or it is of the server's own site
 */
const orNotLetIn = (apiUrl: string): string => {
  const page = (globalThis as { location?: { readonly origin: string } }).location?.origin;
  if (page === undefined || page === new URL(apiUrl).origin) return '';
  return `. It may be that it lets in no pages of ${page}: its setting PARLEY_ALLOWED_ORIGINS names those it does`;
};

/** Requests to the REST API: with the token, in its spelling, tried again while what stands in the way may pass. */
export class HttpTransport {
  constructor(private readonly options: TransportOptions) {}

  /**
   * @param body in JavaScript's spelling
   * @returns the `data` of the answer in JavaScript's spelling
   * @throws MeetingError
   */
  async request<T>(
    method: Method,
    path: string,
    body?: object,
    { idempotencyKey, signal }: RequestOptions = {},
    query: Query = {},
  ): Promise<T> {
    const url = new URL(this.options.apiUrl.replace(/\/+$/, '') + path);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const headers = {
      accept: 'application/json',
      ...(body && { 'content-type': 'application/json' }),
      ...(method !== 'GET' && { 'idempotency-key': idempotencyKey ?? newKey() }),
    };
    const init = { method, headers, ...(body && { body: JSON.stringify(snakeCased(body)) }) };
    for (let attempt = 0; ; attempt += 1) {
      const answer = await this.attempt(url.href, init, signal);
      if (!(answer instanceof MeetingError)) return camelCased(answer.data);
      const delay = this.delayBefore(attempt + 1, answer);
      if (delay === undefined) throw answer;
      await pause(delay, signal);
    }
  }

  /** The token for a request that is about to be sent. */
  async token(): Promise<string> {
    const { token } = this.options;
    return typeof token === 'function' ? token() : token;
  }

  /** One attempt; what it throws no further attempt can mend. */
  private async attempt(
    url: string,
    init: { method: string; headers: Record<string, string>; body?: string },
    signal?: AbortSignal,
  ): Promise<{ readonly data: unknown } | MeetingError> {
    const authorization = `Bearer ${await this.token()}`;
    if (signal?.aborted) throw aborted(signal);
    const ending = new AbortController();
    const end = (): void => ending.abort();
    const timer = setTimeout(end, this.options.timeoutMs);
    signal?.addEventListener('abort', end);
    try {
      const response = await this.options.fetch(url, {
        ...init,
        headers: { ...init.headers, authorization },
        signal: ending.signal,
      });
      const body = await jsonOf(response);
      const status = (body as { status?: unknown } | undefined)?.status;
      if (response.ok && status === 'success') return body as { data: unknown };
      // Routes outside of the meetings document answer without its envelope.
      if (response.ok && status !== 'error') return { data: body };
      return MeetingError.of(response.status, body, secondsOf(response.headers.get('retry-after')));
    } catch (cause) {
      if (signal?.aborted) throw aborted(signal);
      const why = ending.signal.aborted ? `no answer within ${this.options.timeoutMs} ms` : String(cause);
      return new MeetingError({
        code: 'NETWORK_ERROR',
        status: 0,
        message: `${this.options.apiUrl} cannot be reached: ${why}${orNotLetIn(this.options.apiUrl)}`,
        cause,
      });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
    }
  }

  /** Milliseconds before the given attempt; undefined where there is to be none. */
  private delayBefore(attempt: number, { status, retryAfter }: MeetingError): number | undefined {
    const { maxRetries, maxRetryDelayMs } = this.options;
    if (attempt > maxRetries || !PASSING.includes(status)) return undefined;
    if (retryAfter === undefined) return backOff(attempt - 1, maxRetryDelayMs);
    return retryAfter * 1000 <= maxRetryDelayMs ? retryAfter * 1000 : undefined;
  }
}
