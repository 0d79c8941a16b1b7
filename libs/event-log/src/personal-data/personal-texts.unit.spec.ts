import { describe, expect, it } from '@jest/globals';
import { EVENT_CATALOGUE, PERSONAL_DATA } from '#libs/domain';
import { mapTexts, ownerOf, personalTexts } from './personal-texts.js';

/** Every text of an event's data, by its path. */
const textsOf = (value: unknown, path = ''): [path: string, text: string][] => {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    textsOf(inner, path === '' ? name : `${path}.${name}`),
  );
};

describe('personal texts', () => {
  it.each(Object.values(EVENT_CATALOGUE).map(({ example }) => example))(
    'of $type are replaced, and nothing else of it',
    ({ type, data }) => {
      const texts = personalTexts(type);
      const named = PERSONAL_DATA[type]?.texts ?? [];
      expect(texts?.places.map(({ name }) => name) ?? []).toEqual(named);
      if (texts === undefined) return;
      const before = JSON.stringify(data);
      const mapped = mapTexts(data, texts, (text, name) => `${name} was ${text.length}`);
      expect(JSON.stringify(data)).toBe(before);
      expect(textsOf(mapped)).toEqual(
        textsOf(data).map(([path, text]) => [
          path,
          named.includes(path) ? `${path} was ${text.length}` : text,
        ]),
      );
      expect(ownerOf(data, texts)).toBeDefined();
    },
  );

  it('of data without any of them are the data themselves', () => {
    const data = { senderId: 'ada', content: 3, file: 'a file' };
    expect(mapTexts(data, personalTexts('ChatMessageSent')!, () => 'x')).toBe(data);
  });
});
