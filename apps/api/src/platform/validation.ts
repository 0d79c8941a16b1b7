import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { DomainError } from '#libs/domain';

/** Each wrong field by its path (`settings.max_participants`) and what is wrong with it. */
const fieldsOf = (errors: readonly ValidationError[], path = ''): Record<string, string> =>
  Object.assign(
    {},
    ...errors.map(({ property, constraints, children }) => {
      const field = path ? `${path}.${property}` : property;
      const own = constraints ? { [field]: Object.values(constraints).join('; ') } : {};
      return { ...own, ...fieldsOf(children ?? [], field) };
    }),
  ) as Record<string, string>;

/** Refuses unknown fields and wrong types with VALIDATION_FAILED, naming each field. Nothing is converted silently but query strings. */
export const validationPipe = (): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    exceptionFactory: errors => {
      const fields = fieldsOf(errors);
      const first = Object.entries(fields)[0];
      return new DomainError(
        'VALIDATION_FAILED',
        fields,
        first ? `The request is not valid: ${first[1]}` : undefined,
      );
    },
  });
