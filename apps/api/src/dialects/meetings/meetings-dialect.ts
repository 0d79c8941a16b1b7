import { applyDecorators, Controller, UseFilters, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { LimitCategory } from '../../platform/rate-limits/limit-categories.js';
import { LimitedBy } from '../../platform/rate-limits/limited-by.js';
import { RateLimitGuard } from '../../platform/rate-limits/rate-limit-guard.js';
import { MeetingsErrorFilter } from './meetings-error-filter.js';

/**
 * A controller of the meetings dialect below one meeting, with that dialect's error format.
 * @param tag of its routes in the OpenAPI document
 * @param category that its routes' rate limit counts in; a route of another one says so itself: `@LimitedBy('chat')`
 */
export const MeetingsDialect = (tag: string, category: LimitCategory): ClassDecorator =>
  applyDecorators(
    ApiTags(tag),
    ApiBearerAuth(),
    LimitedBy(category),
    UseGuards(RateLimitGuard),
    UseFilters(MeetingsErrorFilter),
    Controller('api/v1/meetings/:id'),
  );
