import { describe, expect, it } from '@jest/globals';
import { EVENT_CATALOGUE } from './event-catalogue.js';
import type { EventDescription, FieldKind } from './event-description.js';
import { PERSONAL_DATA } from './personal-data.js';
import { versionOf } from './upcast.js';

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/u;
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/u;
const FITS: Readonly<Record<FieldKind, (value: unknown) => boolean>> = {
  text: value => typeof value === 'string',
  time: value => typeof value === 'string' && ISO_TIME.test(value),
  integer: value => Number.isSafeInteger(value),
  number: value => typeof value === 'number',
  boolean: value => typeof value === 'boolean',
  object: value => typeof value === 'object' && value !== null,
  texts: value => Array.isArray(value) && value.every(text => typeof text === 'string'),
  list: value => Array.isArray(value) && value.length > 0,
};

const holds = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(Array.isArray(value) && typeof value[0] !== 'object');

/** Every value in an event's data by its path, objects and what lies in them; of a list of objects the first one's. */
const valuesIn = (data: object, prefix = ''): [string, unknown][] =>
  Object.entries(data).flatMap(([name, value]: [string, unknown]) => [
    [`${prefix}${name}`, value],
    ...(holds(value)
      ? valuesIn(Array.isArray(value) ? (value[0] as object) : value, `${prefix}${name}.`)
      : []),
  ]);

describe.each(Object.entries<EventDescription>(EVENT_CATALOGUE))('%s in the catalogue', (type, event) => {
  const { example, fields } = event;
  const values = new Map(valuesIn(example.data));

  it('has an example that holds every field but the secret ones, each of its kind, and nothing else', () => {
    expect([...values.keys()].sort()).toEqual(
      fields
        .filter(field => !field.secret)
        .map(field => field.path)
        .sort(),
    );
    for (const { path, kind, values: oneOf, secret } of fields) {
      if (secret) continue;
      const value = values.get(path);
      expect([path, kind, FITS[kind](value)]).toEqual([path, kind, true]);
      if (oneOf) expect(oneOf).toContain(value);
    }
  });

  it('has an example that lies in its stream, under ids as the log gives them', () => {
    const [prefix, id] = example.stream.split(/-(.*)/u);
    expect(event.stream).toMatch(new RegExp(`^${prefix}-<[a-zA-Z]+>$`, 'u'));
    expect([...values.values()]).toContain(id);
    expect(example.type).toBe(type);
    expect(example.id).toMatch(ULID);
    expect(example.metadata.correlationId.replace('req_', '')).toMatch(ULID);
    expect(example.time).toMatch(ISO_TIME);
  });

  it('marks as personal what the log keeps encrypted, and gives the version in which it is written', () => {
    const personal = fields.filter(field => field.personal).map(field => field.path);
    const texts = (PERSONAL_DATA as Record<string, { texts: readonly string[] } | undefined>)[type]?.texts;
    expect(personal.sort()).toEqual([...(texts ?? [])].sort());
    expect(event.version).toBe(versionOf(type));
  });
});

describe('the catalogue', () => {
  it('takes optional to mean that a field may be absent, also with the object that it lies in', () => {
    const optional = (path: string) =>
      EVENT_CATALOGUE.ChatMessageSent.fields.find(field => field.path === path)?.optional;
    expect([optional('content'), optional('file'), optional('file.url')]).toEqual([false, true, true]);
  });

  it('tells texts, times and kinds of numbers apart', () => {
    const kinds = (type: keyof typeof EVENT_CATALOGUE) =>
      Object.fromEntries(EVENT_CATALOGUE[type].fields.map(({ path, kind }) => [path, kind]));
    expect(kinds('ParticipantSpoke')).toEqual({
      meetingId: 'text',
      participantId: 'text',
      seconds: 'number',
      measuredAt: 'time',
    });
    expect(kinds('MeetingCreated')).toMatchObject({
      settings: 'object',
      'settings.maxParticipants': 'integer',
      'settings.autoRecord': 'boolean',
    });
  });

  it('lists the values of a union', () => {
    const role = EVENT_CATALOGUE.ParticipantJoined.fields.find(field => field.path === 'role');
    expect(role?.values).toEqual(['attendee', 'co-host', 'host', 'viewer']);
  });
});
