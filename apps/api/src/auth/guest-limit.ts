import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { RateLimit } from '../platform/rate-limits/rate-limit.js';
import { RateLimits } from '../platform/rate-limits/rate-limits.js';
import { SECRET } from '../platform/settings.js';
import { networkOf } from './network-of.js';

/** Guest tokens for one address. */
const RULE = { requests: 30, seconds: 60 };

/** Keeps one address from making any number of guests. */
@Injectable()
export class GuestLimit {
  private readonly limit: RateLimit;

  constructor(
    limits: RateLimits,
    @Inject(SECRET) private readonly secret: string,
  ) {
    this.limit = limits.of('guests', RULE);
  }

  /** @throws DomainError RATE_LIMIT_EXCEEDED */
  async take(address: string): Promise<void> {
    // Redis writes its keys to a file: no address is told there.
    const asker = createHmac('sha256', this.secret).update(networkOf(address)).digest('base64url');
    await this.limit.take(asker);
  }
}
