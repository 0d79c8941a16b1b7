import { describe, expect, it } from '@jest/globals';
import { EVENT_CATALOGUE } from './event-catalogue.js';
import { PERSONAL_DATA, type PersonalData } from './personal-data.js';

const PERSONAL = Object.entries(PERSONAL_DATA) as [keyof typeof PERSONAL_DATA, PersonalData][];
const fieldOf = (type: keyof typeof PERSONAL_DATA, path: string) =>
  EVENT_CATALOGUE[type].fields.find(field => field.path === path);
const valueAt = (data: object, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], data);

describe('personal data', () => {
  it.each(PERSONAL)(
    'of %s are texts that the type has, and whose they are is always said',
    (type, { of, texts }) => {
      const { data } = EVENT_CATALOGUE[type].example;
      expect(fieldOf(type, of)).toMatchObject({ kind: 'text', optional: false });
      expect(typeof valueAt(data, of)).toBe('string');
      expect(texts.length).toBeGreaterThan(0);
      for (const path of texts) {
        expect([path, fieldOf(type, path)?.kind]).toEqual([path, 'text']);
        expect([path, typeof valueAt(data, path)]).toEqual([path, 'string']);
      }
    },
  );

  it('are wherever a field of any event has the name of one: none is forgotten in a new type', () => {
    const names = new Set(PERSONAL.flatMap(([, { texts }]) => texts));
    const forgotten = Object.values(EVENT_CATALOGUE).flatMap(({ example: { type }, fields }) =>
      fields
        .filter(({ path }) => [...names].some(name => path === name || path.endsWith(`.${name}`)))
        .filter(({ path }) => !PERSONAL_DATA[type]?.texts.includes(path))
        .map(({ path }) => `${type}.${path}`),
    );
    expect(forgotten).toEqual([]);
  });

  it('are no text that a rule reads: erasing changes nothing that happens', () => {
    // Ids and enumerations are what decide and evolve look at.
    for (const [type, { of, texts }] of PERSONAL) {
      expect(texts).not.toContain(of);
      for (const path of texts) {
        expect(path).not.toMatch(/Id$/);
        expect([type, path, fieldOf(type, path)?.values]).toEqual([type, path, undefined]);
      }
    }
  });
});
