import type { Readable } from 'node:stream';
import { Agent } from 'undici';
import { failureWords } from './failure-words.js';
import { guardedConnector, type Resolve } from './guarded-connector.js';
import type { ReachableAddresses } from './reachable-addresses.js';

export interface SenderOptions {
  readonly reachable: ReachableAddresses;
  /** Milliseconds for all of it: connection, headers and body (default 15 s). */
  readonly timeoutMs?: number;
  readonly resolve?: Resolve;
  /** Certificates that are believed besides the system's, in PEM. */
  readonly ca?: string;
}

/** What became of one request. */
export interface Attempt {
  readonly delivered: boolean;
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  /** In a sentence, where it was not delivered. */
  readonly error?: string;
  readonly durationMs: number;
  /** What the receiver asks to wait, in milliseconds. */
  readonly retryAfterMs?: number;
}

const TIMEOUT_MS = 15_000;
/** Bytes of an answer that are read, so that its connection can be used again; one that says more is cut off. */
const READ_AT_MOST = 64 * 1024;

const retryAfterOf = (header: string | string[] | undefined, now: number): number | undefined => {
  if (typeof header !== 'string') return undefined;
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
};

/** Reads to the end, or lets go of the connection: nothing a receiver says is of use. */
const drain = async (body: Readable): Promise<void> => {
  let read = 0;
  for await (const chunk of body) {
    read += (chunk as Uint8Array).length;
    if (read > READ_AT_MOST) break;
  }
  body.destroy();
};

const sentence = (status: number): string =>
  status >= 300 && status < 400
    ? `the receiver redirects (${status}), which is not followed: give its final address`
    : `the receiver answered ${status}`;

/** Sends one message by HTTP. No redirect is followed, no proxy is asked, nothing is kept of the answer but its status. */
export class WebhookSender {
  private readonly agent: Agent;
  private readonly timeoutMs: number;

  constructor({ reachable, timeoutMs = TIMEOUT_MS, resolve, ca }: SenderOptions) {
    this.timeoutMs = timeoutMs;
    this.agent = new Agent({
      connect: guardedConnector(reachable, { timeout: timeoutMs, ...(ca && { ca }) }, resolve),
      // To one host as many as there are requests under way: none waits for another's while its time runs.
      connections: null,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /** @param signal gives up at once, with what the signal says. Otherwise nothing is thrown. */
  async send(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    signal: AbortSignal,
  ): Promise<Attempt> {
    const begun = performance.now();
    const durationMs = (): number => Math.round(performance.now() - begun);
    const late = AbortSignal.timeout(this.timeoutMs);
    const { origin, pathname, search } = new URL(url);
    try {
      const answer = await this.agent.request({
        origin,
        path: pathname + search,
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.any([signal, late]),
      });
      await drain(answer.body);
      const status = answer.statusCode;
      if (status >= 200 && status < 300) return { delivered: true, status, durationMs: durationMs() };
      const retryAfterMs = retryAfterOf(answer.headers['retry-after'], Date.now());
      return {
        delivered: false,
        status,
        error: sentence(status),
        durationMs: durationMs(),
        ...(retryAfterMs !== undefined && { retryAfterMs }),
      };
    } catch (error) {
      signal.throwIfAborted();
      const words = late.aborted
        ? `the receiver did not answer within ${this.timeoutMs / 1000} s`
        : failureWords(error);
      return { delivered: false, error: words, durationMs: durationMs() };
    }
  }

  /** Cuts off what is under way. */
  close(): Promise<void> {
    return this.agent.destroy();
  }
}
