import { applyDecorators, Controller, UseFilters } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { MeetingsErrorFilter } from './meetings-error-filter.js';

/** A controller of the meetings dialect below one meeting, with that dialect's error format. */
export const MeetingsDialect = (tag: string): ClassDecorator =>
  applyDecorators(
    ApiTags(tag),
    ApiBearerAuth(),
    UseFilters(MeetingsErrorFilter),
    Controller('api/v1/meetings/:id'),
  );
