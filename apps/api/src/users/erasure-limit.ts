import { Injectable } from '@nestjs/common';
import { isAdmin, type Principal } from '#libs/domain';
import type { RateLimit } from '../platform/rate-limits/rate-limit.js';
import { RateLimits } from '../platform/rate-limits/rate-limits.js';

/** Erasures that one user may ask for: each has all actors read the log anew. */
const RULE = { requests: 5, seconds: 60 };

/** Keeps one user from slowing the system down by erasures. Administrators have many users to erase. */
@Injectable()
export class ErasureLimit {
  private readonly limit: RateLimit;

  constructor(limits: RateLimits) {
    this.limit = limits.of('erasures', RULE);
  }

  /** @throws DomainError RATE_LIMIT_EXCEEDED */
  async take(by: Principal): Promise<void> {
    if (!isAdmin(by)) await this.limit.take(by.userId);
  }
}
