import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Principal } from '#libs/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CategoryLimits } from './category-limits.js';
import { LimitedBy } from './limited-by.js';
import { refuseExceeded } from './rate-limit.js';

/**
 * Counts each request of whoever is signed in, before anything of it is looked at but the token, and tells them how they
 * stand in `X-RateLimit-Limit`, `-Remaining` and `-Reset` (seconds since 1970): on refusals, too, its own and later ones.
 */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limits: CategoryLimits,
  ) {}

  /** @throws DomainError RATE_LIMIT_EXCEEDED */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()] as const;
    const category = this.reflector.getAllAndOverride(LimitedBy, [...places]);
    const { user } = context.switchToHttp().getRequest<FastifyRequest & { user: Principal }>();
    const allowance = await this.limits.count(category, user.userId);
    context.switchToHttp().getResponse<FastifyReply>().headers({
      'x-ratelimit-limit': allowance.limit,
      'x-ratelimit-remaining': allowance.remaining,
      'x-ratelimit-reset': allowance.resetAt,
    });
    refuseExceeded(allowance);
    return true;
  }
}
