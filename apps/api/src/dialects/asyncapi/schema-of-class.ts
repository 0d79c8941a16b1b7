import type { JsonSchema } from '../../platform/json-schema.js';
import { type Class, ruledFields } from '../../platform/schema-of-rules.js';

const withNull = (schema: JsonSchema): JsonSchema => ({
  ...schema,
  ...(schema.type !== undefined && { type: [schema.type, 'null'].flat() }),
  ...(schema.enum && { enum: [...schema.enum, null] }),
});

/** What `@Documented` says of a field besides its rules. */
const described = (of: Class, field: string): JsonSchema => {
  const said = Reflect.getMetadata('swagger/apiModelProperties', of.prototype as object, field) as
    { description?: string } | undefined;
  return said?.description === undefined ? {} : { description: said.description };
};

/** Of what class it is, TypeScript notes. */
const nestedSchema = (of: Class, field: string): JsonSchema =>
  schemaOfClass(Reflect.getMetadata('design:type', of.prototype as object, field) as Class);

/**
 * The schema of a message's class, by its rules: what is checked is what is told.
 * @throws Error naming a field whose rule is not known
 */
export const schemaOfClass = (of: Class): JsonSchema => {
  const initial = new of() as Readonly<Record<string, unknown>>;
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  for (const [field, { schema: own, isNested, isNullable, isRequired }] of ruledFields(of)) {
    const schema = { ...own, ...(isNested && nestedSchema(of, field)) };
    properties[field] = {
      ...(isNullable ? withNull(schema) : schema),
      ...(initial[field] !== undefined && { default: initial[field] }),
      ...described(of, field),
    };
    if (isRequired && initial[field] === undefined) required.push(field);
  }
  return {
    type: 'object',
    properties,
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
};
