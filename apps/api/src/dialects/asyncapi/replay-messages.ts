import { SHAPES } from '../parley/replay-socket/replay-messages.js';
import type { JsonSchema } from '../../platform/json-schema.js';
import type { DocumentedMessage } from './message.js';
import { schemaOfClass } from './schema-of-class.js';
import { schemaOfValues } from './schema-of-values.js';

const START = '2026-01-15T10:00:00.000Z';

const SENT: Readonly<Record<keyof typeof SHAPES, readonly [summary: string, example: object]>> = {
  play: ['Plays on', { speed: 10, maxGapMs: 5000, follow: true }],
  pause: ['Pauses', {}],
  speed: ['Plays faster or slower from now on', { speed: 100 }],
  step: ['Goes so many events on, or back', { count: 1 }],
  seek: ['Goes to a place, which is one of these', { to: { time: START } }],
  state: ['Asks where it stands, and for the meeting as it was there', {}],
  ping: ['Asks where it stands', {}],
};

const place = { id: 1, index: 2, time: START, offsetMs: 1000 };
const pace = { events: 5, speed: 1, follow: false };
const told = { ...place, ...pace, maxGapMs: null };
const fast = { ...told, maxGapMs: 5000 };
const unasked = ({ id: _id, ...rest }: typeof place & Record<string, unknown>): object => rest;
const begun = { meetingId: '01M8', events: 5, durationMs: 120_000, live: false };
const failed = { code: 'VALIDATION_FAILED', message: 'It is not valid', details: {}, request_id: 'req_01M8' };

/** What the server sends: a sentence, and values that show every form it has, but for its type. */
const PUSHED: Readonly<Record<string, readonly [summary: string, ...values: object[]]>> = {
  ready: [
    'The first message: what there is to replay',
    { ...begun, firstTime: START, lastTime: START },
    { ...begun, firstTime: null, lastTime: null },
  ],
  event: [
    'An event as it happened',
    { index: 0, offsetMs: 0, event: { type: 'MeetingStarted', time: START, position: 1 } },
  ],
  playing: ['It plays', told, unasked(fast)],
  paused: ['It has paused', told, unasked(fast)],
  state: [
    'The meeting as it was there',
    { ...place, playing: false, state: {} },
    unasked({ ...place, playing: true, state: {} }),
  ],
  ended: [
    'There are no more events, or none for now',
    { ...place, live: false, following: false },
    unasked({ ...place, live: true, following: true }),
  ],
  pong: ['Where it stands', place, unasked(place)],
  error: ['What a message asked for was refused', { id: 1, ...failed }, failed],
};

const withType = (name: string, schema: JsonSchema): JsonSchema => ({
  ...schema,
  properties: { type: { const: name }, ...schema.properties },
  required: ['type', ...(schema.required ?? [])],
});
/** Ids may be numbers as well. */
const anyId = (schema: JsonSchema): JsonSchema =>
  schema.properties?.id
    ? { ...schema, properties: { ...schema.properties, id: { type: ['string', 'number'] } } }
    : schema;

/** All messages of `/api/v1/meetings/{id}/replay`. */
export const replayMessages = (): readonly DocumentedMessage[] => [
  ...Object.entries(SENT).map(([name, [summary, fields]]): DocumentedMessage => ({
    name,
    from: 'client',
    summary,
    payload: withType(name, schemaOfClass(SHAPES[name as keyof typeof SHAPES])),
    example: { type: name, id: 1, ...fields },
  })),
  ...Object.entries(PUSHED).map(([name, [summary, ...values]]): DocumentedMessage => ({
    name,
    from: 'server',
    summary,
    payload: withType(name, anyId(schemaOfValues(values))),
    example: { type: name, ...values[0] },
  })),
];
