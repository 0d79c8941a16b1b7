import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  jsonEvent,
  NO_STREAM,
  STREAM_EXISTS,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { status, type ServiceError } from '@grpc/grpc-js';
import { BY_APPEND, collected, openDoorForTests, type DoorForTests } from './door-for-tests.js';

let opened: DoorForTests;
beforeAll(async () => {
  opened = await openDoorForTests();
});
afterAll(() => opened.close());

const write = (stream: string, count: number) =>
  opened.client.appendToStream(
    stream,
    Array.from({ length: count }, (_, n) => jsonEvent({ type: 'Counted', data: { n } })),
  );
const revisions = async (stream: string): Promise<number[]> =>
  (await collected(opened.client.readStream(stream))).map(({ event }) => Number(event?.revision));

describe('a deleted stream', () => {
  test('is not found, and can be written again, with revisions that go on', async () => {
    await write('again', 3);
    const { position } = await opened.client.deleteStream('again');
    expect(position?.commit).toBeGreaterThan(0n);
    await expect(revisions('again')).rejects.toBeInstanceOf(StreamNotFoundError);
    expect((await write('again', 2)).nextExpectedRevision).toBe(4n);
    expect(await revisions('again')).toEqual([3, 4]);
  });

  test.each([
    ['no_stream', NO_STREAM],
    ['the last revision', 2n],
  ] as const)('is written again also by who expects %s', async (name, expectedRevision) => {
    const stream = `expecting ${name}`;
    await write(stream, 3);
    await opened.client.deleteStream(stream);
    const event = jsonEvent({ type: 'Counted', data: {} });
    const result = await opened.client.appendToStream(stream, event, { expectedRevision });
    expect(result.nextExpectedRevision).toBe(3n);
    expect(await revisions(stream)).toEqual([3]);
  });

  test('is deleted to who expects that it exists', async () => {
    await write('gone', 1);
    await opened.client.deleteStream('gone');
    const appending = opened.client.appendToStream('gone', jsonEvent({ type: 'Counted', data: {} }), {
      expectedRevision: STREAM_EXISTS,
    });
    await expect(appending).rejects.toBeInstanceOf(StreamDeletedError);
  });

  test('shows all that several writers then write at once', async () => {
    await write('crowd', 2);
    await opened.client.deleteStream('crowd');
    await Promise.all(Array.from({ length: 10 }, () => write('crowd', 1)));
    expect(await revisions('crowd')).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  test('keeps its events in $all', async () => {
    await write('kept', 2);
    await opened.client.deleteStream('kept');
    const all = await collected(opened.client.readAll());
    expect(all.filter(({ event }) => event?.streamId === 'kept')).toHaveLength(2);
  });

  test('is deleted at the expected revision only, and the refusal tells the one there is', async () => {
    await write('exact', 2);
    const deleting = opened.client.deleteStream('exact', { expectedRevision: 7n });
    await expect(deleting).rejects.toBeInstanceOf(WrongExpectedVersionError);
    await expect(deleting).rejects.toMatchObject({
      streamName: 'exact',
      expectedVersion: 7n,
      actualVersion: 1n,
      code: status.FAILED_PRECONDITION,
    });
    await expect(opened.client.deleteStream('exact', { expectedRevision: NO_STREAM })).rejects.toBeInstanceOf(
      WrongExpectedVersionError,
    );
    await opened.client.deleteStream('exact', { expectedRevision: 1n });
    await expect(revisions('exact')).rejects.toBeInstanceOf(StreamNotFoundError);
  });

  test('need not have existed', async () => {
    await opened.client.deleteStream('never', { expectedRevision: NO_STREAM });
    expect((await write('never', 1)).nextExpectedRevision).toBe(0n);
    expect(await revisions('never')).toEqual([0]);
  });
});

describe('a tombstoned stream', () => {
  test('is deleted to everybody: readers, writers, those who would delete it or write its metadata', async () => {
    const { client } = opened;
    await write('dead', 2);
    expect((await client.tombstoneStream('dead')).position?.commit).toBeGreaterThan(0n);
    const event = jsonEvent({ type: 'Counted', data: {} });
    const attempts = [
      () => revisions('dead'),
      () => client.appendToStream('dead', event),
      () => client.appendToStream('dead', event, BY_APPEND),
      () => client.appendToStream('dead', event, { expectedRevision: 1n }),
      () => client.deleteStream('dead'),
      () => client.tombstoneStream('dead'),
      () => client.setStreamMetadata('dead', { maxCount: 1 }),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toBeInstanceOf(StreamDeletedError);
    await expect(revisions('dead')).rejects.toMatchObject({ streamName: 'dead' });
  });

  test('is refused with the status and the trailers of EventStoreDB', async () => {
    await opened.client.tombstoneStream('trailers', { expectedRevision: NO_STREAM });
    const error = await revisions('trailers').then(
      () => undefined,
      ({ _raw }: { _raw: ServiceError }) => _raw,
    );
    expect(error?.code).toBe(status.FAILED_PRECONDITION);
    expect(error?.details).toBe("Event stream 'trailers' is deleted.");
    expect(error?.metadata.getMap()).toMatchObject({
      exception: 'stream-deleted',
      'stream-name': 'trailers',
    });
  });

  test('stays so for a door that is opened on the log later', async () => {
    await opened.client.tombstoneStream('for-good');
    const { openEventStoreDbDoor } = await import('./open-eventstoredb-door.js');
    const { EventStoreDBClient } = await import('@eventstore/db-client');
    const door = await openEventStoreDbDoor({ log: opened.log, host: '127.0.0.1', port: 0, writable: true });
    const client = EventStoreDBClient.connectionString(`esdb://127.0.0.1:${door.port}?tls=false`);
    await expect(collected(client.readStream('for-good'))).rejects.toBeInstanceOf(StreamDeletedError);
    await client.dispose();
    await door.close();
  });

  test('is tombstoned at the expected revision only, also after it was deleted', async () => {
    await write('expected', 2);
    await expect(opened.client.tombstoneStream('expected', { expectedRevision: 5n })).rejects.toMatchObject({
      expectedVersion: 5n,
      actualVersion: 1n,
    });
    await opened.client.deleteStream('expected');
    await opened.client.tombstoneStream('expected', { expectedRevision: 1n });
    await expect(revisions('expected')).rejects.toBeInstanceOf(StreamDeletedError);
  });
});
