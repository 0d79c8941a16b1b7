import { Injectable } from '@nestjs/common';
import { DomainError } from '#libs/domain';
import { Clock } from '../platform/clock.js';
import { TokenBucket } from '../platform/token-bucket.js';

/** Guest tokens for one address: this many at once, and as many again each minute. */
const PER_MINUTE = 30;
/** Addresses kept in mind before those that asked for nothing lately are forgotten. */
const MANY = 10_000;

/** An IPv6 network is one asker: whoever has one address of it has all 2^64. */
const askerOf = (address: string): string =>
  address.includes(':') && !address.includes('.') ? address.split(':').slice(0, 4).join(':') : address;

/** Keeps one address from making any number of guests. */
@Injectable()
export class GuestLimit {
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(private readonly clock: Clock) {}

  /** @throws DomainError RATE_LIMIT_EXCEEDED, with the seconds to wait. */
  take(address: string): void {
    const now = this.clock.now();
    const asker = askerOf(address);
    if (this.buckets.size >= MANY) this.forgetIdle(now);
    const bucket = this.buckets.get(asker) ?? new TokenBucket(PER_MINUTE / 60, PER_MINUTE, now);
    this.buckets.set(asker, bucket);
    if (bucket.take(now)) return;
    throw new DomainError('RATE_LIMIT_EXCEEDED', {
      limit: PER_MINUTE,
      window: 60,
      retry_after: Math.ceil(bucket.waitSeconds(now)),
    });
  }

  private forgetIdle(now: number): void {
    for (const [asker, bucket] of this.buckets) if (bucket.isFull(now)) this.buckets.delete(asker);
  }
}
