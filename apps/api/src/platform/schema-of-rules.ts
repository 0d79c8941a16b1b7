import { getMetadataStorage } from 'class-validator';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata.js';
import type { JsonSchema } from './json-schema.js';

export type Class = new () => object;
type Constraints = readonly unknown[];

/** ECMA 262 as schemas have it: without flags, but for the one that all of them are read with. */
const patternOf = ({ source, flags }: RegExp): string => {
  if (!['', 'u'].includes(flags)) throw new Error(`The pattern of a schema has no flag: ${source}`);
  return source;
};

/** What each rule of class-validator, and each of our own, says of a value. */
const RULES: Readonly<Record<string, (constraints: Constraints) => JsonSchema>> = {
  isString: () => ({ type: 'string' }),
  isBoolean: () => ({ type: 'boolean' }),
  isInt: () => ({ type: 'integer' }),
  isNumber: () => ({ type: 'number' }),
  isObject: () => ({ type: 'object' }),
  isArray: () => ({ type: 'array' }),
  isUrl: () => ({ type: 'string', format: 'uri' }),
  isIso8601: () => ({ type: 'string', format: 'date-time' }),
  isIn: ([values]) => ({ type: typeof (values as unknown[])[0], enum: values as unknown[] }),
  min: ([least]) => ({ minimum: least as number }),
  max: ([most]) => ({ maximum: most as number }),
  isLength: ([least, most]) => ({ type: 'string', minLength: least as number, maxLength: most as number }),
  maxLength: ([most]) => ({ maxLength: most as number }),
  arrayMaxSize: ([most]) => ({ maxItems: most as number }),
  matches: ([pattern]) => ({ type: 'string', pattern: patternOf(pattern as RegExp) }),
  notEquals: ([value]) => ({ not: { const: value } }),
  isMessageId: () => ({ type: ['string', 'number'], maxLength: 64 }),
  isDeviceInfo: () => ({
    type: 'object',
    properties: { device_type: { type: ['string', 'null'] }, browser_info: { type: ['string', 'null'] } },
  }),
};

const CONDITION = 'conditionalValidation';
/** What a nested object looks like, its class says. */
const NESTED = 'nestedValidation';

const saidBy = (rules: readonly ValidationMetadata[]): JsonSchema =>
  Object.assign(
    {},
    ...rules.map(({ name, constraints, target, propertyName }) => {
      const rule = name === undefined ? undefined : RULES[name];
      const field = `${(target as Class).name}.${propertyName}`;
      if (!rule) throw new Error(`${field}: it is not known what the rule ${name} says in a schema`);
      return rule((constraints ?? []) as Constraints);
    }),
  ) as JsonSchema;

/** What a field may be, by its rules. */
export interface RuledField {
  /** Of a value that is neither absent nor null; what a nested object holds is left open. */
  readonly schema: JsonSchema;
  readonly isNested: boolean;
  readonly isNullable: boolean;
  /** Whether it is refused when it is absent; a class may set it at first, so that it never is. */
  readonly isRequired: boolean;
}

/**
 * The fields of a class that have rules so far, by their names in the order of the alphabet: rules come in no order that
 * would stay. @throws Error naming a field whose rule is not known here
 */
export const ruledFields = (of: Class): ReadonlyMap<string, RuledField> => {
  const all = getMetadataStorage().getTargetValidationMetadatas(of, '', false, false);
  const byField = [...Map.groupBy(all, rule => rule.propertyName)].sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  return new Map(
    byField.map(([field, rules]) => {
      const isChecked = (value: unknown): boolean =>
        rules
          .filter(({ type }) => type === CONDITION)
          .every(({ constraints }) =>
            (constraints[0] as (object: object, value: unknown) => boolean)({}, value),
          );
      const saying = rules.filter(({ type }) => type !== CONDITION && type !== NESTED);
      const items = saying.filter(({ each }) => each);
      return [
        field,
        {
          schema: {
            ...(items.length > 0 && { type: 'array', items: saidBy(items) }),
            ...saidBy(saying.filter(({ each }) => !each)),
          },
          isNested: rules.some(({ type }) => type === NESTED),
          isNullable: !isChecked(null),
          isRequired: isChecked(undefined),
        },
      ];
    }),
  );
};
