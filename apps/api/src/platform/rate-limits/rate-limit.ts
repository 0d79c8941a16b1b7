import { DomainError } from '#libs/domain';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

/** So many requests within so many seconds, counted from the first of them. */
export interface RateRule {
  readonly requests: number;
  readonly seconds: number;
}

/** How an asker stands after a request. */
export interface Allowance {
  /** Requests that a window lets through. */
  readonly limit: number;
  /** Seconds that a window lasts. */
  readonly window: number;
  /** Requests that this window still lets through. */
  readonly remaining: number;
  /** When the next window begins, in whole seconds since 1970. */
  readonly resetAt: number;
  /** Whether this request was one too many. */
  readonly exceeded: boolean;
}

/** The whole second since 1970 that is `ms` from now, or the next one. */
const seconds = (ms: number): number => Math.ceil((Date.now() + Math.max(0, ms)) / 1000);

/** @throws DomainError RATE_LIMIT_EXCEEDED with the details of the meetings document, where the request was one too many. */
export const refuseExceeded = ({ exceeded, limit, window, resetAt }: Allowance): void => {
  if (!exceeded) return;
  const reset_at = new Date(resetAt * 1000).toISOString();
  throw new DomainError('RATE_LIMIT_EXCEEDED', { limit, window, reset_at }, 'Rate limit exceeded');
};

/**
 * Counts each asker's requests in Redis, so that all api nodes on it share the count. Where Redis does not answer, this
 * process counts alone, from nothing, until it does. Whoever has used up a window is refused from this process's memory,
 * which spares Redis a flood.
 */
export class RateLimit {
  private readonly limiter: RateLimiterRedis;

  /**
   * @param redis that refuses at once what it cannot do now: see limits-connection.ts
   * @param name of its own; the keys are `parley:limit:<name>:<asker>` and expire with their window
   * @param on false: nothing is counted or refused, and everybody always has the whole window before them
   */
  constructor(
    redis: Redis,
    name: string,
    private readonly rule: RateRule,
    private readonly on = true,
  ) {
    const { requests: points, seconds: duration } = rule;
    this.limiter = new RateLimiterRedis({
      storeClient: redis,
      keyPrefix: `parley:limit:${name}`,
      points,
      duration,
      rejectIfRedisNotReady: true,
      inMemoryBlockOnConsumed: points,
      insuranceLimiter: new RateLimiterMemory({ keyPrefix: name, points, duration }),
    });
  }

  /** Counts one request, and refuses nothing. */
  async count(asker: string): Promise<Allowance> {
    const { requests: limit, seconds: window } = this.rule;
    if (!this.on)
      return { limit, window, remaining: limit, resetAt: seconds(window * 1000), exceeded: false };
    let result: RateLimiterRes;
    let exceeded = false;
    try {
      result = await this.limiter.consume(asker);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      result = refused;
      exceeded = true;
    }
    const { remainingPoints: remaining, msBeforeNext } = result;
    return { limit, window, remaining, resetAt: seconds(msBeforeNext), exceeded };
  }

  /** Counts one request. @throws DomainError RATE_LIMIT_EXCEEDED */
  async take(asker: string): Promise<Allowance> {
    const allowance = await this.count(asker);
    refuseExceeded(allowance);
    return allowance;
  }

  /** Takes back what was counted for this asker. */
  async forget(asker: string): Promise<void> {
    await this.limiter.delete(asker);
  }
}
