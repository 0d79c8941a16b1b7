import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  type AppendExpectedRevision,
  binaryEvent,
  jsonEvent,
  MaxAppendSizeExceededError,
  NO_STREAM,
  STREAM_EXISTS,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { BY_APPEND, collected, openDoorForTests, type DoorForTests } from './door-for-tests.js';

let opened: DoorForTests;
beforeAll(async () => {
  opened = await openDoorForTests();
});
afterAll(() => opened.close());

const event = (n: number, id: string = randomUUID()) => jsonEvent({ type: 'Counted', id, data: { n } });
const revisionsOf = async (stream: string): Promise<number[]> =>
  (await collected(opened.client.readStream(stream))).map(({ event: e }) => Number(e?.revision));
const countsOf = async (stream: string): Promise<unknown[]> =>
  (await collected(opened.client.readStream(stream))).map(({ event: e }) => (e?.data as { n: number }).n);

describe.each([
  ['BatchAppend', {}],
  ['Append', BY_APPEND],
])('%s', (call, by) => {
  const append = (
    stream: string,
    events: Parameters<typeof opened.client.appendToStream>[1],
    expectedRevision?: AppendExpectedRevision,
  ) =>
    opened.client.appendToStream(`${stream}-${call}`, events, {
      ...by,
      ...(expectedRevision !== undefined && { expectedRevision }),
    });
  const refused = async (
    appending: Promise<unknown>,
    expectedVersion: unknown,
    actualVersion: unknown,
  ): Promise<void> => {
    await expect(appending).rejects.toBeInstanceOf(WrongExpectedVersionError);
    await expect(appending).rejects.toMatchObject({ expectedVersion, actualVersion });
  };

  test('answers with the revision and the position of the last event', async () => {
    const first = await append('answers', [event(0), event(1)]);
    expect(first).toMatchObject({ success: true, nextExpectedRevision: 1n });
    const second = await append('answers', event(2));
    expect(second.nextExpectedRevision).toBe(2n);
    expect(second.position?.commit).toBeGreaterThan(first.position?.commit ?? 0n);
    const [last] = await collected(
      opened.client.readAll({ direction: 'backwards', fromPosition: 'end', maxCount: 1 }),
    );
    expect(last?.event?.position).toEqual(second.position);
  });

  test('refuses a wrong exact revision with the one there is', async () => {
    await append('exact', [event(0), event(1)]);
    await refused(append('exact', event(9), 0n), 0n, 1n);
    await refused(append('exact', event(9), 5n), 5n, 1n);
    await refused(append('exact-missing', event(9), 0n), 0n, 'no_stream');
    expect((await append('exact', event(2), 1n)).nextExpectedRevision).toBe(2n);
    expect(await countsOf(`exact-${call}`)).toEqual([0, 1, 2]);
  });

  test('refuses no_stream where there is one, and stream_exists where there is none', async () => {
    await refused(append('exists', event(0), STREAM_EXISTS), 'stream_exists', 'no_stream');
    expect((await append('exists', event(0), NO_STREAM)).nextExpectedRevision).toBe(0n);
    await refused(append('exists', event(9), NO_STREAM), 'no_stream', 0n);
    expect((await append('exists', event(1), STREAM_EXISTS)).nextExpectedRevision).toBe(1n);
  });

  test('takes stream_exists for a stream of which there is only metadata', async () => {
    await opened.client.setStreamMetadata(`only-metadata-${call}`, { maxCount: 3 });
    expect((await append('only-metadata', event(0), STREAM_EXISTS)).nextExpectedRevision).toBe(0n);
  });

  test('answers a repeat of the last append with its result, and appends nothing', async () => {
    const events = [event(0), event(1)];
    for (const expected of [NO_STREAM, NO_STREAM, 'any', STREAM_EXISTS] as const) {
      expect((await append('repeat', events, expected)).nextExpectedRevision).toBe(1n);
    }
    const more = [event(2), event(3)];
    const first = await append('repeat', more, 1n);
    expect(await append('repeat', more, 1n)).toEqual(first);
    expect(await append('repeat', more, 'any')).toEqual(first);
    expect(await countsOf(`repeat-${call}`)).toEqual([0, 1, 2, 3]);
  });

  test('answers a repeat of an earlier append with its result where the expectation is the one of then', async () => {
    const early = [event(0), event(1)];
    const first = await append('earlier', early, NO_STREAM);
    await append('earlier', [event(2), event(3)], 1n);
    expect(await append('earlier', early, NO_STREAM)).toEqual(first);
    expect(await append('earlier', early, 'any')).toEqual(first);
    expect((await append('earlier', early[1] as (typeof early)[0], 0n)).nextExpectedRevision).toBe(1n);
    await refused(append('earlier', early, 1n), 1n, 3n);
    expect(await countsOf(`earlier-${call}`)).toEqual([0, 1, 2, 3]);
  });

  test('writes an event again where the exact expectation is the last revision, with the same id', async () => {
    const again = event(0);
    await append('again', again, NO_STREAM);
    await append('again', event(1), 0n);
    expect((await append('again', again, 1n)).nextExpectedRevision).toBe(2n);
    expect((await append('again', again, 1n)).nextExpectedRevision).toBe(2n);
    const all = await collected(opened.client.readStream(`again-${call}`));
    expect(all.map(({ event: e }) => e?.id)).toEqual([again.id, all[1]?.event?.id, again.id]);
  });

  test('refuses any with a mixture of events that are there and events that are not', async () => {
    const there = event(0);
    await append('mixture', [there, event(1)]);
    await refused(append('mixture', [there, event(9)]), 'any', 1n);
    expect((await append('mixture', [event(2), there])).nextExpectedRevision).toBe(3n);
    expect(await countsOf(`mixture-${call}`)).toEqual([0, 1, 2, 0]);
  });

  test('takes the same event several times in one append', async () => {
    const same = event(0);
    expect((await append('several', [same, same, same])).nextExpectedRevision).toBe(2n);
    await append('several', [same, same, same]);
    expect(await revisionsOf(`several-${call}`)).toEqual([0, 1, 2]);
    const all = await collected(opened.client.readStream(`several-${call}`));
    expect(new Set(all.map(({ event: e }) => e?.id))).toEqual(new Set([same.id]));
  });

  test('takes an append without events, which begins no stream', async () => {
    expect((await append('nothing', [])).success).toBe(true);
    expect(
      await collected(opened.client.readStream(`nothing-${call}`)).catch((e: { type: string }) => e.type),
    ).toBe('stream-not-found');
  });

  test('refuses an append of more than 1 MiB with the limit, whether one event or many make it', async () => {
    const large = (size: number) => binaryEvent({ type: 'Large', data: Buffer.alloc(size, 1) });
    for (const events of [[large(1_100_000)], Array.from({ length: 11 }, () => large(100_000))]) {
      const appending = append('large', events);
      await expect(appending).rejects.toBeInstanceOf(MaxAppendSizeExceededError);
      await expect(appending).rejects.toMatchObject({ maxAppendSize: 1_048_576 });
    }
    expect(
      (
        await append(
          'large',
          Array.from({ length: 10 }, () => large(100_000)),
        )
      ).success,
    ).toBe(true);
  });

  test('tells a client that does not want errors of a wrong revision', async () => {
    await append('soft', [event(0), event(1)]);
    const { EventStoreDBClient } = await import('@eventstore/db-client');
    const client = EventStoreDBClient.connectionString(
      `esdb://127.0.0.1:${opened.door.port}?tls=false&throwOnAppendFailure=false`,
    );
    const result = await client.appendToStream(`soft-${call}`, event(9), { ...by, expectedRevision: 7n });
    expect(result.success).toBe(false);
    await client.dispose();
  });

  test('of many writers that expect the same revision one succeeds', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => append('race', event(n), NO_STREAM)),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await revisionsOf(`race-${call}`)).toEqual([0]);
  });
});

test('appends over one call are written in the order in which they were sent', async () => {
  const { client } = opened;
  await Promise.all(Array.from({ length: 200 }, (_, n) => client.appendToStream('in-order', event(n))));
  expect(await countsOf('in-order')).toEqual(Array.from({ length: 200 }, (_, n) => n));
});

test('an append that comes in several pieces is one append', async () => {
  const events = Array.from({ length: 50 }, (_, n) => event(n));
  const result = await opened.client.appendToStream('pieces', events, { batchAppendSize: 300 });
  expect(result.nextExpectedRevision).toBe(49n);
  expect(await countsOf('pieces')).toEqual(events.map((_, n) => n));
});

test('a stream of any name can be written and read', async () => {
  for (const name of ['Grüße 会議 🎥', 'with space', "'; DROP TABLE events; --", 'a'.repeat(2_000)]) {
    await opened.client.appendToStream(name, event(1));
    const [read] = await collected(opened.client.readStream(name));
    expect(read?.event?.streamId).toBe(name);
  }
});
