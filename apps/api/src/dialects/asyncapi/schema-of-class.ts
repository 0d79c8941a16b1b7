import { getMetadataStorage } from 'class-validator';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata.js';
import type { JsonSchema } from './json-schema.js';

type Class = new () => object;
type Constraints = readonly unknown[];

/** What each rule of class-validator, and each of our own, says of a value. */
const RULES: Readonly<Record<string, (constraints: Constraints) => JsonSchema>> = {
  isString: () => ({ type: 'string' }),
  isBoolean: () => ({ type: 'boolean' }),
  isInt: () => ({ type: 'integer' }),
  isNumber: () => ({ type: 'number' }),
  isObject: () => ({ type: 'object' }),
  isUrl: () => ({ type: 'string', format: 'uri' }),
  isIso8601: () => ({ type: 'string', format: 'date-time' }),
  isIn: ([values]) => ({ enum: values as unknown[] }),
  min: ([least]) => ({ minimum: least as number }),
  max: ([most]) => ({ maximum: most as number }),
  isLength: ([least, most]) => ({ type: 'string', minLength: least as number, maxLength: most as number }),
  maxLength: ([most]) => ({ maxLength: most as number }),
  matches: ([pattern]) => ({ type: 'string', pattern: (pattern as RegExp).source }),
  notEquals: ([value]) => ({ not: { const: value } }),
  isMessageId: () => ({ type: ['string', 'number'], maxLength: 64 }),
  isDeviceInfo: () => ({
    type: 'object',
    properties: { device_type: { type: ['string', 'null'] }, browser_info: { type: ['string', 'null'] } },
  }),
};

const withNull = (schema: JsonSchema): JsonSchema => ({
  ...schema,
  ...(schema.type !== undefined && { type: [schema.type, 'null'].flat() }),
  ...(schema.enum && { enum: [...schema.enum, null] }),
});

/** What `@ApiProperty` says of a field. */
const described = (of: Class, field: string): JsonSchema => {
  const said = Reflect.getMetadata('swagger/apiModelProperties', of.prototype as object, field) as
    { description?: string } | undefined;
  return said?.description === undefined ? {} : { description: said.description };
};

const fieldSchema = (of: Class, field: string, rules: readonly ValidationMetadata[]): JsonSchema => {
  let schema: JsonSchema = {};
  for (const { type, name, constraints } of rules) {
    if (type === 'conditionalValidation') continue;
    if (type === 'nestedValidation') {
      // Of what class it is, TypeScript notes.
      const nested = Reflect.getMetadata('design:type', of.prototype as object, field) as Class;
      schema = { ...schema, ...schemaOfClass(nested) };
      continue;
    }
    const rule = name === undefined ? undefined : RULES[name];
    if (!rule) throw new Error(`${of.name}.${field}: it is not known what the rule ${name} says in a schema`);
    schema = { ...schema, ...rule((constraints ?? []) as Constraints) };
  }
  return schema;
};

/**
 * The schema of a message's class, by its rules: what is checked is what is told.
 * @throws Error naming a field whose rule is not known here
 */
export const schemaOfClass = (of: Class): JsonSchema => {
  const rules = getMetadataStorage().getTargetValidationMetadatas(of, '', false, false);
  const byField = Map.groupBy(rules, rule => rule.propertyName);
  const initial = new of() as Readonly<Record<string, unknown>>;
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  // Rules come in no order that would stay; fields in that of their names.
  for (const field of [...byField.keys()].sort()) {
    const own = byField.get(field) ?? [];
    const isChecked = (value: unknown): boolean =>
      own
        .filter(({ type }) => type === 'conditionalValidation')
        .every(({ constraints }) =>
          (constraints[0] as (object: object, value: unknown) => boolean)({}, value),
        );
    const schema = fieldSchema(of, field, own);
    properties[field] = {
      ...(isChecked(null) ? schema : withNull(schema)),
      ...(initial[field] !== undefined && { default: initial[field] }),
      ...described(of, field),
    };
    if (isChecked(undefined) && initial[field] === undefined) required.push(field);
  }
  return {
    type: 'object',
    properties,
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
};
