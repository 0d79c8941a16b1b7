import type { AnyEvent } from './any-event.js';
import { EVENT_TYPES } from './event-catalogue-types.js';
import type { EventDescription, EventExample, EventTypeDescription } from './event-description.js';
import { EVENT_EXAMPLES } from './event-examples.js';
import { PERSONAL_DATA } from './personal-data.js';
import { versionOf } from './upcast.js';

type Type = AnyEvent['type'];

/** The examples' order is that of the log they were taken from. */
const ORDER = Object.keys(EVENT_EXAMPLES) as Type[];

/** The stream's name, as the fields in angle brackets make it. */
const streamName = (pattern: string, data: object): string =>
  pattern.replace(/<(\w+)>/gu, (_, field: string) => String((data as Record<string, unknown>)[field]));

const exampleOf = (type: Type): EventExample => {
  const [time, userId, data] = EVENT_EXAMPLES[type];
  const stream = streamName(EVENT_TYPES[type].stream, data);
  const index = ORDER.indexOf(type);
  const earlier = ORDER.slice(0, index).filter(
    other => streamName(EVENT_TYPES[other].stream, EVENT_EXAMPLES[other][2]) === stream,
  );
  const number = String(index).padStart(2, '0');
  return {
    position: 100 + index,
    stream,
    revision: earlier.length,
    id: `01KAYBEVENT000000000000${number}A`,
    type,
    version: versionOf(type),
    time,
    data,
    metadata: { correlationId: `req_01KAYBREQ00000000000000${number}A`, userId },
  } as EventExample;
};

const describe = (type: Type): EventDescription => {
  const { fields, ...rest }: EventTypeDescription = EVENT_TYPES[type];
  const texts = PERSONAL_DATA[type]?.texts ?? [];
  return {
    ...rest,
    version: versionOf(type),
    fields: fields.map(field => (texts.includes(field.path) ? { ...field, personal: true } : field)),
    example: exampleOf(type),
  };
};

type EventCatalogue = { readonly [T in Type]: EventDescription };

const describeAll = (): EventCatalogue =>
  Object.fromEntries(
    Object.keys(EVENT_TYPES).map(type => [type, describe(type as Type)]),
  ) as unknown as EventCatalogue;

/**
 * Every type of event: its stream, version, meaning, fields and who may cause it, and one example of it. What the types
 * themselves say is read from them by `setup/event-catalogue.mjs`, which also writes docs/EVENTS.md from this. Marked as
 * pure, so that a bundle that does not use it does not hold it.
 */
export const EVENT_CATALOGUE = /* @__PURE__ */ describeAll();
