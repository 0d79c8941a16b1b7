import { expect } from '@jest/globals';

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'string' && TIME.test(value) ? 'time' : typeof value;
};

/** Where an answer is not as the document's example: each place with what was wanted and what came. */
const differences = (documented: unknown, actual: unknown, place: string): string[] => {
  const [wanted, found] = [kindOf(documented), kindOf(actual)];
  // An example's null says that the field is there; what kind it has otherwise stands elsewhere.
  if (documented === null) return actual === undefined ? [`${place}: is missing`] : [];
  if (wanted !== found) return [`${place}: ${wanted} is documented, ${found} came`];
  if (Array.isArray(documented) && Array.isArray(actual)) {
    if (documented.length > 0 && actual.length === 0) return [`${place}: is empty`];
    if (documented.length === 0) return [];
    return actual.flatMap((entry, index) => differences(documented[0], entry, `${place}[${index}]`));
  }
  return isObject(documented) && isObject(actual)
    ? Object.entries(documented).flatMap(([field, value]) =>
        differences(value, actual[field], `${place}.${field}`),
      )
    : [];
};

/** Holds an answer to the document's example field by field: every field is there, with the type that it has there. More fields are allowed. */
export const expectAsDocumented = (documented: unknown, actual: unknown): void =>
  expect(differences(documented, actual, 'answer')).toEqual([]);
