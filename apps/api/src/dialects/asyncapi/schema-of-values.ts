import type { JsonSchema } from '../../platform/json-schema.js';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeOf(value) === 'object';

/**
 * The schema that all of these values fit: fields that some of them lack are optional, those that are
 * always null may be anything.
 */
export const schemaOfValues = (values: readonly unknown[]): JsonSchema => {
  const types = [...new Set(values.map(typeOf))].sort();
  const real = types.filter(type => type !== 'null');
  if (real.length === 0) return {};
  const type = types.length === 1 ? real[0] : types;
  const texts = values.filter(value => typeof value === 'string');
  const objects = values.filter(isObject);
  const names = [...new Set(objects.flatMap(object => Object.keys(object)))];
  const required = names.filter(name => objects.every(object => Object.hasOwn(object, name)));
  const properties = names.map(name => [
    name,
    schemaOfValues(objects.filter(object => Object.hasOwn(object, name)).map(object => object[name])),
  ]);
  const items = values.filter(value => Array.isArray(value)).flat();
  return {
    type,
    ...(texts.length > 0 && texts.every(text => INSTANT.test(text)) && { format: 'date-time' }),
    ...(objects.length > 0 && {
      properties: Object.fromEntries(properties) as Record<string, JsonSchema>,
      ...(required.length > 0 && { required }),
    }),
    ...(items.length > 0 && { items: schemaOfValues(items) }),
  };
};
