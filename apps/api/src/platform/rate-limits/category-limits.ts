import { Injectable } from '@nestjs/common';
import { LIMIT_CATEGORIES, type LimitCategory } from './limit-categories.js';
import { type Allowance, type RateLimit, type RateRule, refuseExceeded } from './rate-limit.js';
import { RateLimits } from './rate-limits.js';

/** The limits of the meetings document: one for each category and user, shared by all meetings and all api nodes. */
@Injectable()
export class CategoryLimits {
  private readonly limits: ReadonlyMap<LimitCategory, RateLimit>;

  constructor(limits: RateLimits) {
    this.limits = new Map(
      Object.entries(LIMIT_CATEGORIES).map(([category, rule]: [string, RateRule]) => [
        category as LimitCategory,
        limits.of(category, rule),
      ]),
    );
  }

  /** Counts one request or message of a user, and refuses nothing. */
  count(category: LimitCategory, userId: string): Promise<Allowance> {
    return (this.limits.get(category) as RateLimit).count(userId);
  }

  /**
   * Counts one request or message of a user.
   * @throws DomainError RATE_LIMIT_EXCEEDED with details `limit`, `window` (seconds) and `reset_at` (ISO 8601)
   */
  async take(category: LimitCategory, userId: string): Promise<Allowance> {
    const allowance = await this.count(category, userId);
    refuseExceeded(allowance);
    return allowance;
  }
}
