import { expect, test } from '@jest/globals';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { RecordedEvent } from '../event-log.js';
import { newEvent } from '../contract/contract-fixtures.js';
import {
  caughtUpResponse,
  checkpointResponse,
  confirmationResponse,
  eventResponse,
  lastStreamPositionResponse,
  streamNotFoundResponse,
} from './read-responses.js';

/** What the generated code of the client reads. */
const read = (bytes: Buffer): ReadResp => streams.ReadResp.deserializeBinary(bytes);
const recorded = (over: Partial<RecordedEvent> = {}): RecordedEvent => ({
  ...newEvent({ id: 'ffffffff-ffff-4fff-8fff-fffffffffffe' }),
  stream: 'stream ü 🎥',
  revision: 300,
  position: 70_000,
  ...over,
});

test('numbers of every size are written as the protocol reads them', () => {
  for (const n of [0, 1, 127, 128, 16_383, 16_384, 2 ** 31, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER]) {
    expect(read(lastStreamPositionResponse(n)).getLastStreamPosition()).toBe(String(n));
    expect(read(checkpointResponse(n)).getCheckpoint()?.toObject()).toEqual({
      commitPosition: String(n),
      preparePosition: String(n),
    });
  }
});

test('an event is written with all that the protocol says of it', () => {
  const response = read(eventResponse({ event: recorded() }, false)).getEvent();
  const event = response?.getEvent();
  expect(response?.getCommitPosition()).toBe('70001');
  expect(response?.hasLink()).toBe(false);
  expect(event?.getId()?.getString()).toBe('ffffffff-ffff-4fff-8fff-fffffffffffe');
  expect(Buffer.from(event?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString()).toBe(
    'stream ü 🎥',
  );
  expect([event?.getStreamRevision(), event?.getCommitPosition(), event?.getPreparePosition()]).toEqual([
    '300',
    '70001',
    '70001',
  ]);
  expect(event?.getMetadataMap().toObject()).toEqual(
    expect.arrayContaining([
      ['type', 'ThingHappened'],
      ['content-type', 'application/json'],
      ['created', '17936136000000000'],
    ]),
  );
  expect(JSON.parse(Buffer.from(event?.getData_asU8() ?? []).toString())).toEqual(recorded().data);
});

test('ids as two numbers are signed, as the protocol has them', () => {
  const id = read(eventResponse({ event: recorded() }, true))
    .getEvent()
    ?.getEvent()
    ?.getId()
    ?.getStructured();
  expect(id?.getMostSignificantBits()).toBe(String(BigInt.asIntN(64, 0xffffffffffff4fffn)));
  expect(id?.getLeastSignificantBits()).toBe(String(BigInt.asIntN(64, 0x8ffffffffffffffen)));
});

test('a link comes with the event that it leads to, or alone, at the position of the link', () => {
  const link = recorded({ stream: 'links', position: 9 });
  const both = read(eventResponse({ event: recorded(), link }, false)).getEvent();
  expect([both?.getEvent()?.getCommitPosition(), both?.getLink()?.getCommitPosition()]).toEqual([
    '70001',
    '10',
  ]);
  expect(both?.getCommitPosition()).toBe('10');
  const alone = read(eventResponse({ link }, false)).getEvent();
  expect([alone?.hasEvent(), alone?.hasLink()]).toEqual([false, true]);
});

test('a tombstone has the number that EventStoreDB gives it', () => {
  const event = recorded({ type: '$streamDeleted' });
  expect(read(eventResponse({ event }, false)).getEvent()?.getEvent()?.getStreamRevision()).toBe(
    '9223372036854775807',
  );
});

test('the other answers are what they are called', () => {
  expect(read(confirmationResponse('abc')).getConfirmation()?.getSubscriptionId()).toBe('abc');
  expect(read(caughtUpResponse()).hasCaughtUp()).toBe(true);
  const name = read(streamNotFoundResponse('näme')).getStreamNotFound()?.getStreamIdentifier();
  expect(Buffer.from(name?.getStreamName_asU8() ?? []).toString()).toBe('näme');
});
