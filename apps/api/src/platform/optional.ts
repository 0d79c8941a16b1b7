import { ValidateIf } from 'class-validator';

/** Checks a field only when it is there; unlike `@IsOptional()` it lets null through only where null is said to mean absent. */
export const Optional = (options: { nullable?: boolean } = {}): PropertyDecorator =>
  ValidateIf((_object, value) => value !== undefined && !(options.nullable && value === null));
