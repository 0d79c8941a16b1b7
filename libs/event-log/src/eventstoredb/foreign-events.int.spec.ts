import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { binaryEvent, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { collect, newEvent, takeFromTail } from '../contract/contract-fixtures.js';
import { START, type EventLog, type NewEvent, type RecordedEvent } from '../event-log.js';
import { TestDoor } from '../eventstoredb-for-tests.js';
import { openEventStoreDbLog } from './open-eventstoredb-log.js';

let door: TestDoor;
let log: EventLog;
/** Somebody else's program on the same server. */
let stranger: EventStoreDBClient;
beforeAll(async () => {
  door = await TestDoor.start();
  log = await openEventStoreDbLog({ connectionString: door.connectionString });
  stranger = EventStoreDBClient.connectionString(door.connectionString);
});
afterAll(async () => {
  await stranger.dispose();
  await log.close();
  await door.stop();
});

const everything = async (): Promise<RecordedEvent[]> => collect(log.readAll());

test('what the server keeps for itself is shown to no reader, and is not the head', async () => {
  const { events } = await log.append('own', [newEvent()], 'no-stream');
  await stranger.setStreamMetadata('own', { cacheControl: 1 });
  await stranger.setStreamMetadata('other', { maxCount: 1_000 });
  const raw: string[] = [];
  for await (const { event } of stranger.readAll()) raw.push(event?.streamId ?? '');
  expect(raw.filter(stream => stream.startsWith('$')).length).toBeGreaterThan(0);

  expect(await log.head()).toBe(events[0]?.position);
  expect(await everything()).toEqual(events);
  expect(await collect(log.readAll({ direction: 'backwards' }))).toEqual(events);
  expect(await collect(log.readAll({ direction: 'backwards', limit: 1 }))).toEqual(events);
  expect(await collect(log.readAll({ streamPrefixes: ['$', 'own'] }))).toEqual(events);
  expect(await collect(log.readAll({ types: ['$metadata', 'ThingHappened'] }))).toEqual(events);
  expect(await collect(log.readStream('$$own'))).toEqual([]);

  const tail = takeFromTail(log.tail({ after: START, streamPrefixes: ['$', 'own'] }), 2);
  await stranger.setStreamMetadata('own', { cacheControl: 2 });
  const after = await log.append('own', [newEvent()], 0);
  expect(await tail).toEqual([...events, ...after.events]);
});

test("a stranger's event is shown with version 1, the server's time, and its JSON or null", async () => {
  const before = await log.head();
  const began = Date.now() - 1;
  const json = randomUUID();
  const caused = randomUUID();
  const binary = randomUUID();
  const texts = randomUUID();
  await stranger.appendToStream('foreign', [
    jsonEvent({ id: json, type: 'Json', data: { a: [1] } }),
    jsonEvent({
      id: caused,
      type: 'Json',
      data: 'text',
      metadata: { $correlationId: 'c', $causationId: 'd', userId: 7, version: 'x' },
    }),
    binaryEvent({ id: binary, type: 'Bytes', data: Buffer.from([0, 255, 128]) }),
    binaryEvent({ id: texts, type: 'Bytes', data: Buffer.from('{}'), metadata: Buffer.from([1, 2]) }),
  ]);
  const userId = 'eventstoredb';
  const expected = [
    { id: json, type: 'Json', data: { a: [1] }, metadata: { correlationId: json, userId } },
    { id: caused, type: 'Json', data: 'text', metadata: { correlationId: 'c', causationId: 'd', userId } },
    { id: binary, type: 'Bytes', data: null, metadata: { correlationId: binary, userId } },
    { id: texts, type: 'Bytes', data: null, metadata: { correlationId: texts, userId } },
  ].map((event, revision) => ({
    ...event,
    version: 1,
    stream: 'foreign',
    revision,
    time: expect.any(String) as unknown as string,
    position: expect.any(Number) as unknown as number,
  }));
  const shown = await collect(log.readStream('foreign'));
  expect(shown).toEqual(expected);
  for (const { time } of shown) expect(Date.parse(time)).toBeGreaterThanOrEqual(began);
  expect(await collect(log.readAll({ from: before }))).toEqual(shown);
  expect(await takeFromTail(log.tail({ after: before }), 4)).toEqual(shown);
});

test("one of Parley's is one of Parley's, whoever reads or wrote it", async () => {
  const event: NewEvent = newEvent({ id: 'no uuid', data: { text: 'ü' } });
  await log.append('shared', [event], 'no-stream');
  const wire: unknown[] = [];
  for await (const { event: read } of stranger.readStream('shared')) wire.push(read);
  expect(wire).toMatchObject([
    {
      type: 'ThingHappened',
      data: { text: 'ü' },
      metadata: {
        $correlationId: 'request-1',
        $causationId: 'command-1',
        userId: 'user-1',
        version: 1,
        time: event.time,
        id: 'no uuid',
      },
    },
  ]);
  const written = newEvent();
  await stranger.appendToStream(
    'shared',
    jsonEvent({
      id: written.id,
      type: written.type,
      data: { a: 1 },
      metadata: { $correlationId: 'c', userId: 'u', version: 2, time: '2026-11-02T10:00:00.5Z' },
    }),
  );
  expect((await collect(log.readStream('shared')))[1]).toMatchObject({
    id: written.id,
    version: 2,
    time: '2026-11-02T10:00:00.5Z',
    data: { a: 1 },
    metadata: { correlationId: 'c', userId: 'u' },
  });
});

test('a deleted stream reads as one without events, and begins again where it ended', async () => {
  await log.append('deleted', [newEvent(), newEvent()], 'no-stream');
  await stranger.deleteStream('deleted');
  expect(await collect(log.readStream('deleted'))).toEqual([]);
  const { events } = await log.append('deleted', [newEvent()], 'any');
  expect(await collect(log.readStream('deleted'))).toEqual(events);
});

test('a stream whose events are cut off is appended to all the same', async () => {
  await log.append('cut', [newEvent(), newEvent()], 'no-stream');
  await stranger.setStreamMetadata('cut', { truncateBefore: 2 });
  expect(await collect(log.readStream('cut'))).toEqual([]);
  const { events } = await log.append('cut', [newEvent()], 'any');
  expect(events).toMatchObject([{ revision: 2 }]);
  expect((await log.append('cut', [newEvent()], 2)).revision).toBe(3);
  await expect(log.append('cut', [newEvent()], 'no-stream')).rejects.toMatchObject({ actual: 3 });
});
