import { DomainError } from '#libs/domain';
import type { Clock } from './clock.js';
import { TokenBucket } from './token-bucket.js';

/** Askers kept in mind before those that asked for nothing lately are forgotten. */
const MANY = 10_000;

/** How often each asker may ask for something: so many times at once, and as many again each minute. */
export class RateLimit {
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(
    private readonly perMinute: number,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError RATE_LIMIT_EXCEEDED, with the seconds to wait. */
  take(asker: string): void {
    const now = this.clock.now();
    if (this.buckets.size >= MANY) this.forgetIdle(now);
    const bucket = this.buckets.get(asker) ?? new TokenBucket(this.perMinute / 60, this.perMinute, now);
    this.buckets.set(asker, bucket);
    if (bucket.take(now)) return;
    throw new DomainError('RATE_LIMIT_EXCEEDED', {
      limit: this.perMinute,
      window: 60,
      retry_after: Math.ceil(bucket.waitSeconds(now)),
    });
  }

  private forgetIdle(now: number): void {
    for (const [asker, bucket] of this.buckets) if (bucket.isFull(now)) this.buckets.delete(asker);
  }
}
