import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  BACKWARDS,
  binaryEvent,
  END,
  FORWARDS,
  jsonEvent,
  START,
  StreamNotFoundError,
} from '@eventstore/db-client';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { status } from '@grpc/grpc-js';
import { newEvent } from '../contract/contract-fixtures.js';
import { collected, openDoorForTests, type DoorForTests } from './door-for-tests.js';

let opened: DoorForTests;
beforeAll(async () => {
  opened = await openDoorForTests();
  await opened.client.appendToStream('ten', tenEvents);
});
afterAll(() => opened.close());

const tenEvents = Array.from({ length: 10 }, (_, n) => jsonEvent({ type: `Type${n % 2}`, data: { n } }));

const revisions = async (
  options: Parameters<typeof opened.client.readStream>[1],
  stream = 'ten',
): Promise<number[]> =>
  (await collected(opened.client.readStream(stream, options))).map(({ event }) => Number(event?.revision));

describe('a stream', () => {
  test('is read forwards from the start, from a revision on (inclusive), and so many', async () => {
    expect(await revisions({})).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await revisions({ fromRevision: 7n })).toEqual([7, 8, 9]);
    expect(await revisions({ fromRevision: 3n, maxCount: 2 })).toEqual([3, 4]);
    expect(await revisions({ fromRevision: START, maxCount: 0 })).toEqual([]);
  });

  test('is read backwards from the end, from a revision down (inclusive), and so many', async () => {
    const direction = BACKWARDS;
    expect(await revisions({ direction, fromRevision: END })).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(await revisions({ direction, fromRevision: 2n })).toEqual([2, 1, 0]);
    expect(await revisions({ direction, fromRevision: END, maxCount: 3 })).toEqual([9, 8, 7]);
    expect(await revisions({ direction, fromRevision: START })).toEqual([0]);
    expect(await revisions({ direction, fromRevision: 500n, maxCount: 1 })).toEqual([9]);
  });

  test('gives nothing beyond its end, which is no error', async () => {
    expect(await revisions({ fromRevision: 10n })).toEqual([]);
    expect(await revisions({ fromRevision: 0xffffffffffffffffn })).toEqual([]);
    expect(await revisions({ direction: FORWARDS, fromRevision: END })).toEqual([]);
  });

  test('that does not exist is not found, by name', async () => {
    for (const direction of [FORWARDS, BACKWARDS] as const) {
      const reading = collected(opened.client.readStream('näver written', { direction }));
      await expect(reading).rejects.toBeInstanceOf(StreamNotFoundError);
      const name = await reading.catch((error: StreamNotFoundError) => String(error.streamName));
      expect(name).toBe('näver written');
    }
  });

  test('can be left in its midst', async () => {
    const many = Array.from({ length: 2_000 }, (_, n) => jsonEvent({ type: 'Many', data: { n } }));
    await opened.client.appendToStream('left', many);
    const reading = opened.client.readStream('left');
    for await (const { event } of reading) {
      if (event?.revision === 5n) break;
    }
    expect(await revisions({ fromRevision: 1_999n }, 'left')).toEqual([1_999]);
  });
});

describe('$all', () => {
  const all = async (options: Parameters<typeof opened.client.readAll>[0]) =>
    (await collected(opened.client.readAll(options))).map(({ event }) => event as NonNullable<typeof event>);

  test('is read forwards from a position on (inclusive) and backwards from before it', async () => {
    const events = await all({});
    expect(events.length).toBeGreaterThanOrEqual(10);
    const fourth = events[3]?.position;
    if (fourth === undefined) throw new Error('There is no fourth event');
    expect((await all({ fromPosition: fourth, maxCount: 2 })).map(({ id }) => id)).toEqual(
      events.slice(3, 5).map(({ id }) => id),
    );
    expect(
      (await all({ fromPosition: fourth, direction: BACKWARDS, maxCount: 2 })).map(({ id }) => id),
    ).toEqual([events[2]?.id, events[1]?.id]);
  });

  test('begins at its start, and at position 0, and has nothing before', async () => {
    const events = await all({});
    const zero = { commit: 0n, prepare: 0n };
    expect((await all({ fromPosition: zero })).length).toBe(events.length);
    expect(await all({ fromPosition: START, direction: BACKWARDS })).toEqual([]);
    expect(await all({ fromPosition: zero, direction: BACKWARDS })).toEqual([]);
  });

  test('ends at its end, from which it is read backwards', async () => {
    const events = await all({});
    expect(await all({ fromPosition: END })).toEqual([]);
    const back = await all({ fromPosition: END, direction: BACKWARDS });
    expect(back.map(({ id }) => id)).toEqual(events.map(({ id }) => id).toReversed());
    const beyond = { commit: 0x7fffffffffffffffn, prepare: 0x7fffffffffffffffn };
    expect((await all({ fromPosition: beyond, direction: BACKWARDS, maxCount: 1 }))[0]?.id).toBe(
      events.at(-1)?.id,
    );
  });

  test('has positions that rise', async () => {
    const positions = (await all({})).map(({ position }) => position?.commit ?? 0n);
    expect(positions.every((position, i) => i === 0 || position > (positions[i - 1] ?? 0n))).toBe(true);
  });
});

describe('an event comes back as it was written', () => {
  const back = async (stream: string) => (await collected(opened.client.readStream(stream)))[0]?.event;

  test('JSON with its metadata, id, type and time', async () => {
    const id = randomUUID();
    const data = { a: [1, { b: null }], ü: '🎥' };
    const before = Date.now();
    await opened.client.appendToStream('json', jsonEvent({ id, type: 'Jason', data, metadata: { m: 1 } }));
    const event = await back('json');
    expect(event).toMatchObject({
      id,
      type: 'Jason',
      data,
      metadata: { m: 1 },
      isJson: true,
      streamId: 'json',
    });
    expect(event?.created.getTime()).toBeGreaterThanOrEqual(before);
    expect(event?.created.getTime()).toBeLessThanOrEqual(Date.now());
  });

  test('bytes with bytes as metadata, and nothing with nothing', async () => {
    const data = Buffer.from(Array.from({ length: 256 }, (_, n) => n));
    await opened.client.appendToStream(
      'bytes',
      binaryEvent({ type: 'Bytes', data, metadata: Buffer.from([0, 255]) }),
    );
    const event = await back('bytes');
    expect(event?.isJson).toBe(false);
    expect(Buffer.from(event?.data as Uint8Array)).toEqual(data);
    expect(Buffer.from(event?.metadata as Uint8Array)).toEqual(Buffer.from([0, 255]));
    await opened.client.appendToStream('empty', binaryEvent({ type: 'Empty', data: Buffer.alloc(0) }));
    expect(await back('empty')).toMatchObject({ isJson: false, metadata: undefined });
  });

  test('one of the largest that an append takes as JSON', async () => {
    const data = { text: 'x'.repeat(990_000) };
    await opened.client.appendToStream('largest', jsonEvent({ type: 'Large', data }));
    expect((await back('largest'))?.data).toEqual(data);
  });

  test('an event that Parley recorded shows as JSON with what Parley knows of it in the metadata', async () => {
    const event = newEvent({ id: '01K0000000000000000000000Z', version: 3 });
    await opened.log.append('parley', [event], 'no-stream');
    expect(await back('parley')).toMatchObject({
      id: '01980000-0000-0000-0000-00000000001f',
      type: event.type,
      data: event.data,
      isJson: true,
      created: new Date(event.time),
      metadata: {
        $correlationId: 'request-1',
        $causationId: 'command-1',
        userId: 'user-1',
        version: 3,
        time: event.time,
        id: event.id,
      },
    });
  });
});

describe('links', () => {
  const link = (data: string) => binaryEvent({ type: '$>', data: Buffer.from(data) });

  test('are followed where the client asks for it, and shown as they are otherwise', async () => {
    await opened.client.appendToStream('links', [link('2@ten'), link('0@ten')]);
    const followed = await collected(opened.client.readStream('links', { resolveLinkTos: true }));
    expect(followed.map(({ event }) => [event?.streamId, Number(event?.revision)])).toEqual([
      ['ten', 2],
      ['ten', 0],
    ]);
    expect(followed.map(({ link: own }) => own?.streamId)).toEqual(['links', 'links']);
    const plain = await collected(opened.client.readStream('links'));
    expect(plain.map(({ event, link: own }) => [event?.type, own])).toEqual([
      ['$>', undefined],
      ['$>', undefined],
    ]);
  });

  test('that lead nowhere come without an event', async () => {
    await opened.client.appendToStream('nowhere', [link('99@ten'), link('0@missing'), link('nonsense')]);
    const followed = await collected(opened.client.readStream('nowhere', { resolveLinkTos: true }));
    expect(followed.map(({ event, link: own }) => [event, own?.type])).toEqual([
      [undefined, '$>'],
      [undefined, '$>'],
      [undefined, '$>'],
    ]);
  });
});

describe('by the bare protocol', () => {
  const { Options } = streams.ReadReq;
  const request = (change: (options: ReadReq.Options) => void): ReadReq => {
    const stream = new Options.StreamOptions()
      .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from('ten').toString('base64')))
      .setStart(new shared.Empty());
    const options = new Options()
      .setStream(stream)
      .setCount('2')
      .setNoFilter(new shared.Empty())
      .setUuidOption(new Options.UUIDOption().setString(new shared.Empty()));
    change(options);
    return new streams.ReadReq().setOptions(options);
  };
  const answers = (asked: ReadReq): Promise<ReadResp[]> =>
    collected(opened.stubs.read(asked) as AsyncIterable<ReadResp>);

  test('ids come as two numbers where the client asks for them so', async () => {
    const [first] = await answers(
      request(options => options.setUuidOption(new Options.UUIDOption().setStructured(new shared.Empty()))),
    );
    const id = first?.getEvent()?.getEvent()?.getId()?.getStructured();
    const hex = [id?.getMostSignificantBits(), id?.getLeastSignificantBits()].map(bits =>
      BigInt.asUintN(64, BigInt(bits ?? 0))
        .toString(16)
        .padStart(16, '0'),
    );
    expect(hex.join('')).toBe(tenEvents[0]?.id.replaceAll('-', ''));
  });

  test('a client that understands it is told the last revision at the end', async () => {
    const told = await answers(
      request(options => options.setControlOption(new Options.ControlOption().setCompatibility(1))),
    );
    expect(told.map(answer => answer.getContentCase())).toEqual([1, 1, 6]);
    expect(told[2]?.getLastStreamPosition()).toBe('9');
  });

  test('a filter is held to on a read of $all', async () => {
    const { FilterOptions } = Options;
    const types = await answers(
      request(options =>
        options
          .setAll(new Options.AllOptions().setStart(new shared.Empty()))
          .setCount('4')
          .setFilter(
            new FilterOptions()
              .setEventType(new FilterOptions.Expression().setRegex('^Type1$'))
              .setCount(new shared.Empty()),
          ),
      ),
    );
    expect(types.map(answer => answer.getEvent()?.getEvent()?.getMetadataMap().get('type'))).toEqual(
      Array.from({ length: 4 }, () => 'Type1'),
    );
  });

  const { Expression } = Options.FilterOptions;
  const filtered = (expression: InstanceType<typeof Expression>) => (options: ReadReq.Options) => {
    const filter = new Options.FilterOptions().setStreamIdentifier(expression).setCount(new shared.Empty());
    options.setAll(new Options.AllOptions().setStart(new shared.Empty())).setFilter(filter);
  };
  test.each<[string, (options: ReadReq.Options) => void, RegExp]>([
    ['neither count nor subscription', options => options.clearCount(), /count/],
    ['neither stream nor all', options => options.clearStream(), /stream, or all/],
    ['no beginning', options => options.getStream()?.clearStart(), /from where/],
    ['no name', options => options.getStream()?.clearStreamIdentifier(), /name of the stream/],
    ['a filter on a stream', options => options.setFilter(new Options.FilterOptions()), /\$all/],
    ['a broken expression', filtered(new Expression().setRegex('(')), /no regular expression/],
    ['an empty filter', filtered(new Expression()), /prefixes or a regular expression/],
    ['an endless expression', filtered(new Expression().setRegex('^(\\w+)+!$')), /takes too long/],
    [
      'a subscription that runs backwards',
      options => options.setSubscription(new Options.SubscriptionOptions()).setReadDirection(1),
      /backwards/,
    ],
  ])('a request with %s is refused as INVALID_ARGUMENT that says so', async (_, change, says) => {
    await opened.client.appendToStream('a'.repeat(60), tenEvents[0] as (typeof tenEvents)[0]);
    await expect(answers(request(change))).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
      details: expect.stringMatching(says),
    });
  });

  test('a request without options is refused as INVALID_ARGUMENT', async () => {
    await expect(answers(new streams.ReadReq())).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
  });
});
