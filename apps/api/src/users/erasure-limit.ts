import { Injectable } from '@nestjs/common';
import { isAdmin, type Principal } from '#libs/domain';
import { Clock } from '../platform/clock.js';
import { RateLimit } from '../platform/rate-limit.js';

/** Erasures that one user may ask for at once, and again each minute: each has all actors read the log anew. */
const PER_MINUTE = 5;

/** Keeps one user from slowing the system down by erasures. Administrators have many users to erase. */
@Injectable()
export class ErasureLimit {
  private readonly limit: RateLimit;

  constructor(clock: Clock) {
    this.limit = new RateLimit(PER_MINUTE, clock);
  }

  /** @throws DomainError RATE_LIMIT_EXCEEDED, with the seconds to wait. */
  take(by: Principal): void {
    if (!isAdmin(by)) this.limit.take(by.userId);
  }
}
