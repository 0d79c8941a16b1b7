import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { RateLimit } from '../platform/rate-limit.js';

/** Guest tokens for one address: this many at once, and as many again each minute. */
const PER_MINUTE = 30;

/** An IPv6 network is one asker: whoever has one address of it has all 2^64. */
const askerOf = (address: string): string =>
  address.includes(':') && !address.includes('.') ? address.split(':').slice(0, 4).join(':') : address;

/** Keeps one address from making any number of guests. */
@Injectable()
export class GuestLimit {
  private readonly limit: RateLimit;

  constructor(clock: Clock) {
    this.limit = new RateLimit(PER_MINUTE, clock);
  }

  /** @throws DomainError RATE_LIMIT_EXCEEDED, with the seconds to wait. */
  take(address: string): void {
    this.limit.take(askerOf(address));
  }
}
