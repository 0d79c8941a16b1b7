import { applyDecorators } from '@nestjs/common';
import { IsISO8601, Matches } from 'class-validator';

/** A moment as RFC 3339 writes it: date, time and zone. Without a zone it would be the server's, which no client knows. */
export const IsInstant = (): PropertyDecorator =>
  applyDecorators(
    IsISO8601(
      { strict: true, strictSeparator: true },
      { message: '$property must be a date and time that exist' },
    ),
    Matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/, {
      message: '$property must be a date, a time and a time zone in ISO 8601, such as 2024-01-15T10:00:00Z',
    }),
  );

/** The same moment in UTC, so that times sort as text; whole seconds without a fraction. */
export const inUtc = (instant: string): string => new Date(instant).toISOString().replace('.000Z', 'Z');
