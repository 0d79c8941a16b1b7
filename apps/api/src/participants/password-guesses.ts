import { Injectable } from '@nestjs/common';
import { passwordMatches } from '../auth/password-hash.js';
import type { RateLimit } from '../platform/rate-limits/rate-limit.js';
import { RateLimits } from '../platform/rate-limits/rate-limits.js';

/** Wrong passwords of one user for one meeting. */
const RULE = { requests: 10, seconds: 60 };

/** Tries the passwords of those who join, and keeps anybody from trying many. */
@Injectable()
export class PasswordGuesses {
  private readonly limit: RateLimit;

  constructor(limits: RateLimits) {
    this.limit = limits.always('passwords', RULE);
  }

  /**
   * Whether a password fits. None at all is no guess. One counts before it is tried, so that none of many at once gets
   * by, and the right one clears the count.
   * @param stored the password's hash, as `hashPassword` makes it
   * @throws DomainError RATE_LIMIT_EXCEEDED, right or wrong, once there were too many
   */
  async fits(
    password: string | undefined,
    stored: string,
    meetingId: string,
    userId: string,
  ): Promise<boolean> {
    if (!password) return false;
    const asker = `${meetingId}:${userId}`;
    await this.limit.take(asker);
    const fits = await passwordMatches(password, stored);
    if (fits) await this.limit.forget(asker);
    return fits;
  }
}
