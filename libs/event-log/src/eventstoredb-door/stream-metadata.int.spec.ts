import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { BACKWARDS, END, jsonEvent, WrongExpectedVersionError } from '@eventstore/db-client';
import { newEvent } from '../contract/contract-fixtures.js';
import { collected, openDoorForTests, type DoorForTests } from './door-for-tests.js';

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
const revisions = async (
  stream: string,
  options: Parameters<typeof opened.client.readStream>[1] = {},
): Promise<number[]> =>
  (await collected(opened.client.readStream(stream, options))).map(({ event }) => Number(event?.revision));

test('metadata comes back as it was set, the last of several, with what the client knows and what it does not', async () => {
  const { client } = opened;
  expect((await client.getStreamMetadata('own')).metadata).toBeUndefined();
  await client.setStreamMetadata('own', { maxCount: 1 });
  const metadata = {
    maxCount: 17,
    maxAge: 3_600,
    truncateBefore: 0,
    cacheControl: 9,
    acl: { readRoles: ['$all'], writeRoles: ['$admins'] },
    custom: { anything: [1, 'ü'] },
  };
  await client.setStreamMetadata('own', metadata);
  expect((await client.getStreamMetadata('own')).metadata).toEqual(metadata);
});

test('metadata is written at the expected revision of its own stream, of which the last event alone is read', async () => {
  const { client } = opened;
  const first = await client.setStreamMetadata('revised', { a: 1 }, { expectedRevision: 'no_stream' });
  expect(first.nextExpectedRevision).toBe(0n);
  await expect(
    client.setStreamMetadata('revised', { a: 2 }, { expectedRevision: 'no_stream' }),
  ).rejects.toBeInstanceOf(WrongExpectedVersionError);
  await client.setStreamMetadata('revised', { a: 2 }, { expectedRevision: 0n });
  expect(await revisions('$$revised')).toEqual([1]);
});

test('$maxCount leaves the last events alone, both ways, and follows new ones', async () => {
  await write('count', 5);
  await opened.client.setStreamMetadata('count', { maxCount: 2 });
  expect(await revisions('count')).toEqual([3, 4]);
  expect(await revisions('count', { fromRevision: 0n, maxCount: 1 })).toEqual([3]);
  expect(await revisions('count', { direction: BACKWARDS, fromRevision: END })).toEqual([4, 3]);
  await write('count', 1);
  expect(await revisions('count')).toEqual([4, 5]);
  await opened.client.setStreamMetadata('count', {});
  expect(await revisions('count')).toHaveLength(6);
});

test('$tb hides the events before it, all when it is beyond them, and the stream still exists', async () => {
  await write('truncated', 4);
  await opened.client.setStreamMetadata('truncated', { truncateBefore: 2 });
  expect(await revisions('truncated')).toEqual([2, 3]);
  expect(await revisions('truncated', { direction: BACKWARDS, fromRevision: 2n })).toEqual([2]);
  expect(await revisions('truncated', { direction: BACKWARDS, fromRevision: 1n })).toEqual([]);
  await opened.client.setStreamMetadata('truncated', { truncateBefore: 10 });
  expect(await revisions('truncated')).toEqual([]);
});

test('$maxAge hides events that are older', async () => {
  const old = newEvent({ time: new Date(Date.now() - 120_000).toISOString() });
  const young = newEvent({ time: new Date().toISOString() });
  await opened.log.append('aged', [old, young], 'no-stream');
  await opened.client.setStreamMetadata('aged', { maxAge: 60 });
  expect(await revisions('aged')).toEqual([1]);
  expect(await revisions('aged', { direction: BACKWARDS, fromRevision: END })).toEqual([1]);
  await opened.client.setStreamMetadata('aged', { maxAge: 600 });
  expect(await revisions('aged')).toEqual([0, 1]);
});

test('metadata may come before its stream, and is kept when a deleted stream is written again', async () => {
  const { client } = opened;
  await client.setStreamMetadata('early', { maxCount: 2, owner: 'ada' });
  await write('early', 3);
  expect(await revisions('early')).toEqual([1, 2]);
  await client.deleteStream('early');
  await client.setStreamMetadata('early', { truncateBefore: 3, owner: 'ada' });
  await write('early', 1);
  expect(await revisions('early')).toEqual([3]);
  expect((await client.getStreamMetadata('early')).metadata).toMatchObject({ owner: 'ada' });
});

test('metadata that is no metadata limits nothing', async () => {
  const { client } = opened;
  await write('broken', 2);
  for (const data of [[1], { $maxCount: 'two', $maxAge: -1, $tb: 0.5 }, { $maxCount: 0 }]) {
    await client.appendToStream('$$broken', jsonEvent({ type: '$metadata', data: data as never }));
    expect(await revisions('broken')).toEqual([0, 1]);
  }
});

test('limits hide nothing from $all', async () => {
  await write('in-all', 3);
  await opened.client.setStreamMetadata('in-all', { maxCount: 1 });
  const all = await collected(opened.client.readAll());
  expect(all.filter(({ event }) => event?.streamId === 'in-all')).toHaveLength(3);
});
