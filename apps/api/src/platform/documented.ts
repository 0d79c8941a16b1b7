import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import type { JsonSchema } from './json-schema.js';
import { type Class, ruledFields } from './schema-of-rules.js';

/** Beyond it an integer needs 64 bits, which generated clients must be told. */
const MAX_INT_32 = 2 ** 31 - 1;

interface Told {
  readonly description?: string;
  readonly example?: unknown;
  /** Of a field that the class sets at first, or that the domain takes to be so. */
  readonly default?: unknown;
  /** The class of a nested object, in a list where it is a list of them. */
  readonly type?: Class | readonly [Class];
  /** Instead of what the rules say: where more is checked later, or a query's text is read as a number. */
  readonly schema?: JsonSchema;
}

const wide = ({ type, maximum = Infinity }: JsonSchema): { format?: 'int64' } =>
  type === 'integer' && maximum > MAX_INT_32 ? { format: 'int64' } : {};

/**
 * Tells the OpenAPI document (3.0) of a field: what its rules say (type, limits, whether it may be null or absent), and
 * what only people can say. It stands above the field's rules, since decorators are read from below.
 * @throws Error where a rule is not known, or none stands below
 */
export const Documented =
  ({ schema: instead, ...told }: Told = {}): PropertyDecorator =>
  (target, field) => {
    const ruled = ruledFields(target.constructor as Class).get(String(field));
    if (!ruled) throw new Error(`${target.constructor.name}.${String(field)} has no rule below @Documented`);
    const schema = instead ?? ruled.schema;
    const options = {
      ...schema,
      ...wide(schema),
      ...(ruled.isNullable && { nullable: true, ...(schema.enum && { enum: [...schema.enum, null] }) }),
      required: ruled.isRequired && told.default === undefined,
      ...told,
    };
    ApiProperty(options as ApiPropertyOptions)(target, field);
  };
