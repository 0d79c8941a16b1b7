import { applyDecorators } from '@nestjs/common';
import { IsISO8601, isISO8601, Matches } from 'class-validator';

const STRICTLY = { strict: true, strictSeparator: true };
const WITH_ZONE = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** A moment as RFC 3339 writes it: date, time and zone. Without a zone it would be the server's, which no client knows. */
export const IsInstant = (): PropertyDecorator =>
  applyDecorators(
    IsISO8601(STRICTLY, { message: '$property must be a date and time that exist' }),
    Matches(WITH_ZONE, {
      message: '$property must be a date, a time and a time zone in ISO 8601, such as 2024-01-15T10:00:00Z',
    }),
  );

/** Whether a text is such a moment. */
export const isInstant = (text: string): boolean => WITH_ZONE.test(text) && isISO8601(text, STRICTLY);

/** The same moment in UTC, so that times sort as text; whole seconds without a fraction. */
export const inUtc = (instant: string): string => new Date(instant).toISOString().replace('.000Z', 'Z');
