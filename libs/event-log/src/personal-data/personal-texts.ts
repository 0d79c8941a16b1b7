import { PERSONAL_DATA } from '#libs/domain';

/** Where the personal texts of one type of event stand, and whose they are. */
export interface PersonalTexts {
  /** Field with the user's id. */
  readonly of: string;
  readonly places: readonly { readonly name: string; readonly path: readonly string[] }[];
}

const BY_TYPE: ReadonlyMap<string, PersonalTexts> = new Map(
  Object.entries(PERSONAL_DATA).map(([type, { of, texts }]) => [
    type,
    { of, places: texts.map(name => ({ name, path: name.split('.') })) },
  ]),
);

/** Undefined for types of events without personal texts. */
export const personalTexts = (type: string): PersonalTexts | undefined => BY_TYPE.get(type);

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whose texts an event's data hold; undefined when they are not in the shape of this type, and so nobody's. */
export const ownerOf = (data: unknown, { of }: PersonalTexts): string | undefined => {
  const owner = isFields(data) ? data[of] : undefined;
  return typeof owner === 'string' && owner !== '' ? owner : undefined;
};

/** A copy of an event's data with other texts in the place of the personal ones; absent ones stay absent, fields keep their order. */
export const mapTexts = (
  data: unknown,
  { places }: PersonalTexts,
  map: (text: string, name: string) => string,
): unknown => {
  let mapped = data;
  for (const { name, path } of places) mapped = replaceAt(mapped, path, 0, text => map(text, name));
  return mapped;
};

const replaceAt = (
  value: unknown,
  path: readonly string[],
  at: number,
  map: (text: string) => string,
): unknown => {
  const field = path[at];
  if (field === undefined) return typeof value === 'string' ? map(value) : value;
  if (!isFields(value)) return value;
  const before = value[field];
  const after = replaceAt(before, path, at + 1, map);
  return after === before ? value : { ...value, [field]: after };
};
