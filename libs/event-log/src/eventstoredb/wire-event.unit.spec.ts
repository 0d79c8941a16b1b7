import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { newEvent } from '../contract/contract-fixtures.js';
import type { NewEvent } from '../event-log.js';
import {
  createdTicks,
  fromWireEvent,
  parleyEvent,
  positionOfWire,
  toWireEvent,
  wirePosition,
  wireValues,
  type WireEvent,
} from './wire-event.js';
import { repeatedId, uuidOf } from './wire-id.js';

const NOW = '2026-11-22T10:00:00.000Z';
const UUID = 'c8a3a6f2-8f0e-4a43-9d7a-6d6b9a1e2f30';
/** What the log makes of an event: JSON there and back. */
const stored = (event: NewEvent): NewEvent => JSON.parse(JSON.stringify(event)) as NewEvent;
const wire = (over: Partial<WireEvent> = {}): WireEvent => ({
  id: UUID,
  type: 'Foreign',
  contentType: 'application/json',
  data: Buffer.from('{"a":1}'),
  metadata: Buffer.alloc(0),
  ...over,
});
/** Text and bytes compare alike, of whatever class they are. */
const plain = (event: WireEvent): unknown => ({
  ...event,
  data: Buffer.from(event.data).toString('latin1'),
  metadata: Buffer.from(event.metadata).toString('latin1'),
});

describe('an event of Parley', () => {
  test.each([
    ['a UUID', UUID],
    ['a ULID', '01K0000000000000000000000Z'],
    ['any text', 'event-7 Grüße'],
    ['a UUID in capitals', UUID.toUpperCase()],
  ])('whose id is %s goes over the wire and comes back as it was', (_, id) => {
    const event = newEvent({ id, version: 4, time: '2026-11-02T10:00:00.123456Z', data: [null, { x: 'ü' }] });
    expect(fromWireEvent(toWireEvent(event), NOW)).toEqual(event);
    const { causationId: _cause, ...metadata } = event.metadata;
    expect(fromWireEvent(toWireEvent({ ...event, metadata }), NOW)).toEqual({ ...event, metadata });
  });

  test('comes back whatever its JSON is', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ noUnicodeString: false }),
        fc.string({ minLength: 1, unit: 'binary' }),
        (data, id) => {
          const event = stored(newEvent({ id, data }));
          expect(fromWireEvent(toWireEvent(event), NOW)).toEqual(event);
        },
      ),
    );
  });

  test('keeps what its metadata says beside the usual', () => {
    const event = newEvent();
    const more = { ...event, metadata: { ...event.metadata, seal: { key: 'k1' } } };
    expect(fromWireEvent(toWireEvent(more), NOW)).toEqual(more);
    expect(parleyEvent(wireValues(more))).toEqual(more);
  });

  test('travels as JSON with its metadata in the form that is agreed upon', () => {
    const event = newEvent({ id: 'event-1' });
    const { contentType, metadata, data } = toWireEvent(event);
    expect(contentType).toBe('application/json');
    expect(JSON.parse(String(data))).toEqual(event.data);
    expect(JSON.parse(String(metadata))).toEqual({
      $correlationId: 'request-1',
      $causationId: 'command-1',
      userId: 'user-1',
      version: 1,
      time: event.time,
      id: 'event-1',
    });
  });
});

describe('a foreign event', () => {
  test.each<[string, Partial<WireEvent>]>([
    ['plain JSON', {}],
    ['JSON with spaces', { data: Buffer.from('{ "a": 1 }') }],
    ['JSON with large numbers', { data: Buffer.from('[12345678901234567890,1.0,1e400,-0]') }],
    ['JSON with a key twice', { data: Buffer.from('{"a":1,"a":2}') }],
    ['JSON that says __proto__', { data: Buffer.from('{"__proto__":{"x":1}}') }],
    ['null', { data: Buffer.from('null') }],
    ['what is called JSON and is none', { data: Buffer.from('{') }],
    ['nothing, called JSON', { data: Buffer.alloc(0) }],
    ['JSON after a byte order mark', { data: Buffer.from('\ufeff{}') }],
    ['bytes', { contentType: 'application/octet-stream', data: Buffer.from([0, 1, 0xff, 0xfe]) }],
    ['JSON that is called bytes', { contentType: 'application/octet-stream' }],
    ['another content type', { contentType: 'text/plain; charset=latin1', data: Buffer.from([0xe4]) }],
    ['metadata of JSON', { metadata: Buffer.from('{"$correlationId":"c","x":[1]}') }],
    ['metadata with spaces', { metadata: Buffer.from('{ "x": 1 }') }],
    ['metadata of bytes', { metadata: Buffer.from([0xff, 0]) }],
    ['metadata of null', { metadata: Buffer.from('null') }],
    [
      'metadata that lacks the version',
      { metadata: Buffer.from('{"$correlationId":"c","userId":"u","time":"t"}') },
    ],
    [
      'metadata of another id',
      { metadata: Buffer.from('{"$correlationId":"c","userId":"u","time":"t","version":1,"id":"other"}') },
    ],
    [
      "metadata that plays Parley's own record of a foreign event",
      {
        metadata: Buffer.from(
          '{"$correlationId":"c","userId":"u","time":"t","version":1,"foreign":{"contentType":"x"}}',
        ),
      },
    ],
  ])('of %s comes back byte for byte', (_, over) => {
    const event = wire(over);
    const recorded = stored(fromWireEvent(event, NOW));
    expect(plain(toWireEvent(recorded))).toEqual(plain(event));
    expect(recorded).toMatchObject({ id: UUID, type: 'Foreign', version: 1, time: NOW });
  });

  test('of any bytes comes back byte for byte', () => {
    const bytes = fc.uint8Array({ maxLength: 60 });
    const json = fc.json().map(text => Buffer.from(text));
    const content = fc.constantFrom('application/json', 'application/octet-stream');
    fc.assert(
      fc.property(fc.oneof(bytes, json), fc.oneof(bytes, json), content, (data, metadata, contentType) => {
        const event = wire({ data, metadata, contentType });
        expect(plain(toWireEvent(stored(fromWireEvent(event, NOW))))).toEqual(plain(event));
      }),
    );
  });

  test('of plain JSON can be read in the log as it is', () => {
    const recorded = fromWireEvent(wire({ metadata: Buffer.from('{"$correlationId":"c"}') }), NOW);
    expect(recorded.data).toEqual({ a: 1 });
    expect(recorded.metadata.correlationId).toBe('c');
  });
});

describe('ids', () => {
  test('of a ULID are the same 128 bits, those of other texts differ as the texts do, and are UUIDs', () => {
    expect(uuidOf('7ZZZZZZZZZZZZZZZZZZZZZZZZZ')).toBe('ffffffff-ffff-ffff-ffff-ffffffffffff');
    expect(uuidOf('00000000000000000000000010')).toBe('00000000-0000-0000-0000-000000000020');
    const texts = ['a', 'b', 'a ', UUID.toUpperCase(), '8ZZZZZZZZZZZZZZZZZZZZZZZZZ'];
    const ids = texts.map(uuidOf);
    expect(new Set(ids).size).toBe(texts.length);
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('of an event that is written once more are the same on the wire', () => {
    for (const id of [UUID, '01K0000000000000000000000Z', 'text']) {
      expect(uuidOf(repeatedId(id, 7))).toBe(uuidOf(id));
    }
  });
});

test('positions of the wire leave 0 for the start, and what is beyond all numbers is the end', () => {
  expect([-1, 0, 41].map(wirePosition)).toEqual([0, 1, 42]);
  expect([0n, 1n, 42n].map(positionOfWire)).toEqual([-1, 0, 41]);
  expect(positionOfWire(0xffffffffffffffffn)).toBeGreaterThan(Number.MAX_SAFE_INTEGER - 2);
});

test('times are ticks of 100 ns since 1970, and 0 where there is none', () => {
  expect(createdTicks('2026-11-22T10:00:00.123Z')).toBe('17953416001230000');
  expect(createdTicks('t')).toBe('0');
});
