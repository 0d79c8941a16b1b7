import { Injectable } from '@nestjs/common';
import { DomainError, isAdmin, type Principal } from '#libs/domain';
import { Clock } from '../platform/clock.js';
import { TokenBucket } from '../platform/token-bucket.js';

/** Erasures that one user may ask for at once, and again each minute: each has all actors read the log anew. */
const PER_MINUTE = 5;
/** Users kept in mind before those that asked for nothing lately are forgotten. */
const MANY = 10_000;

/** Keeps one user from slowing the system down by erasures. Administrators have many users to erase. */
@Injectable()
export class ErasureLimit {
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(private readonly clock: Clock) {}

  /** @throws DomainError RATE_LIMIT_EXCEEDED, with the seconds to wait. */
  take(by: Principal): void {
    if (isAdmin(by)) return;
    const now = this.clock.now();
    if (this.buckets.size >= MANY) this.forgetIdle(now);
    const bucket = this.buckets.get(by.userId) ?? new TokenBucket(PER_MINUTE / 60, PER_MINUTE, now);
    this.buckets.set(by.userId, bucket);
    if (bucket.take(now)) return;
    throw new DomainError('RATE_LIMIT_EXCEEDED', {
      limit: PER_MINUTE,
      window: 60,
      retry_after: Math.ceil(bucket.waitSeconds(now)),
    });
  }

  private forgetIdle(now: number): void {
    for (const [userId, bucket] of this.buckets) if (bucket.isFull(now)) this.buckets.delete(userId);
  }
}
