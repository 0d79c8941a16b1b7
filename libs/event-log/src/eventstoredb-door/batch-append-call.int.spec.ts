import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { type ClientDuplexStream, status } from '@grpc/grpc-js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { collected, openDoorForTests, type DoorForTests } from './door-for-tests.js';
import { structuredId } from './read-responses.js';

let opened: DoorForTests;
let call: ClientDuplexStream<BatchAppendReq, BatchAppendResp>;
let answers: BatchAppendResp[];
beforeAll(async () => {
  opened = await openDoorForTests();
});
afterAll(() => opened.close());
beforeEach(() => {
  answers = [];
  call = opened.stubs.batchAppend();
  call.on('data', (answer: BatchAppendResp) => answers.push(answer));
  call.on('error', () => undefined);
});
afterEach(() => call.cancel());

const { Options, ProposedMessage } = streams.BatchAppendReq;
const options = (stream: string, deadline?: Date): BatchAppendReq.Options =>
  optionsWithout(stream, deadline).setAny(new empty.Empty());
const optionsWithout = (stream: string, deadline?: Date): BatchAppendReq.Options => {
  const said = new Options().setStreamIdentifier(
    new shared.StreamIdentifier().setStreamName(Buffer.from(stream).toString('base64')),
  );
  return deadline ? said.setDeadline(timestamps.Timestamp.fromDate(deadline)) : said;
};
const message = (n: number): BatchAppendReq.ProposedMessage => {
  const proposed = new ProposedMessage().setId(new shared.UUID().setString(randomUUID()));
  proposed.getMetadataMap().set('type', 'Counted').set('content-type', 'application/json');
  return proposed.setData(Buffer.from(JSON.stringify({ n })));
};
const piece = (id: string, messages: BatchAppendReq.ProposedMessage[], isFinal: boolean): BatchAppendReq =>
  new streams.BatchAppendReq()
    .setCorrelationId(new shared.UUID().setString(id))
    .setProposedMessagesList(messages)
    .setIsFinal(isFinal);
const answered = async (count: number): Promise<void> => {
  while (answers.length < count) await sleep(5);
};
const detailOf = (answer: BatchAppendResp | undefined): string | undefined =>
  answer?.getError()?.getDetails()?.getTypeName();

test('pieces of several appends may come in turns, and each is answered by its own id', async () => {
  const [one, two] = [randomUUID(), randomUUID()];
  call.write(piece(one, [message(1)], false).setOptions(options('turns-one')));
  call.write(piece(two, [message(1)], false).setOptions(options('turns-two')));
  call.write(piece(one, [message(2)], true));
  await answered(1);
  expect(answers[0]?.getCorrelationId()?.getString()).toBe(one);
  call.write(piece(two, [message(2), message(3)], true));
  await answered(2);
  expect(answers[1]?.getCorrelationId()?.getString()).toBe(two);
  expect(answers.map(answer => answer.getSuccess()?.getCurrentRevision())).toEqual(['1', '2']);
  expect(await collected(opened.client.readStream('turns-two'))).toHaveLength(3);
});

test('an append after its deadline is answered with Timeout and not written', async () => {
  call.write(
    piece(randomUUID(), [message(1)], true).setOptions(options('late', new Date(Date.now() - 1_000))),
  );
  await answered(1);
  expect(answers[0]?.getError()?.getCode()).toBe(status.DEADLINE_EXCEEDED);
  expect(detailOf(answers[0])).toBe('event_store.client.Timeout');
  await expect(collected(opened.client.readStream('late'))).rejects.toThrow(/not found/);
});

test('an append whose rest does not come before its deadline is answered with Timeout, and its rest is not written', async () => {
  const id = randomUUID();
  call.write(piece(id, [message(1)], false).setOptions(options('torso', new Date(Date.now() + 150))));
  await answered(1);
  expect(detailOf(answers[0])).toBe('event_store.client.Timeout');
  call.write(piece(id, [message(2)], true));
  call.write(piece(randomUUID(), [message(1)], true).setOptions(options('after-torso')));
  await answered(2);
  expect(answers[1]?.hasSuccess()).toBe(true);
  await expect(collected(opened.client.readStream('torso'))).rejects.toThrow(/not found/);
});

test('an append that lacks something is refused as BadRequest with a sentence, and the call goes on', async () => {
  const noType = message(1);
  noType.clearMetadataMap();
  const noId = message(1);
  noId.clearId();
  const broken = [
    piece(randomUUID(), [noType], true).setOptions(options('broken')),
    piece(randomUUID(), [noId], true).setOptions(options('broken')),
    piece(randomUUID(), [message(1)], true).setOptions(options('')),
    piece(randomUUID(), [message(1)], true).setOptions(optionsWithout('broken')),
    piece('no uuid', [message(1)], true).setOptions(options('broken')),
  ];
  for (const request of broken) call.write(request);
  call.write(piece(randomUUID(), [message(1)], true).setOptions(options('not-broken')));
  await answered(6);
  for (const answer of answers.slice(0, 5)) {
    expect(answer.getError()?.getCode()).toBe(status.INVALID_ARGUMENT);
    expect(detailOf(answer)).toBe('event_store.client.BadRequest');
  }
  expect(answers[5]?.hasSuccess()).toBe(true);
});

test('ids may be two numbers, of the append and of its events', async () => {
  const id = randomUUID();
  const numbers = (uuid: string) => {
    const [most, least] = structuredId(uuid).map(part => String(BigInt.asIntN(64, part))) as [string, string];
    const structured = new shared.UUID.Structured()
      .setMostSignificantBits(most)
      .setLeastSignificantBits(least);
    return new shared.UUID().setStructured(structured);
  };
  const request = piece(id, [message(1).setId(numbers(id))], true).setOptions(options('numbers'));
  call.write(request.setCorrelationId(numbers(id)));
  await answered(1);
  expect(answers[0]?.getCorrelationId()?.toObject()).toEqual(numbers(id).toObject());
  const [first] = await collected(opened.client.readStream('numbers'));
  expect(first?.event?.id).toBe(id);
});

test('a wrong revision is answered with WrongExpectedVersion, which says both', async () => {
  const expecting = optionsWithout('wrong').setStreamPosition('4');
  call.write(piece(randomUUID(), [message(1)], true).setOptions(expecting));
  await answered(1);
  const details = answers[0]?.getError()?.getDetails();
  const wrong = details?.unpack(
    bytes => shared.WrongExpectedVersion.deserializeBinary(bytes),
    'event_store.client.WrongExpectedVersion',
  );
  expect(details?.getTypeUrl()).toBe('type.googleapis.com/event_store.client.WrongExpectedVersion');
  expect(wrong?.getExpectedStreamPosition()).toBe('4');
  expect(wrong?.hasCurrentNoStream()).toBe(true);
});

test('a client that ends the call gets the answers that are due, then its end', async () => {
  for (let n = 0; n < 20; n += 1) {
    call.write(piece(randomUUID(), [message(n)], true).setOptions(options('ended')));
  }
  const ended = new Promise(resolve => call.once('status', resolve));
  call.end();
  expect(await ended).toMatchObject({ code: status.OK });
  expect(answers).toHaveLength(20);
});

test('an append larger than the limit is answered once, whatever of it still comes', async () => {
  const id = randomUUID();
  const large = (): BatchAppendReq.ProposedMessage => message(1).setData(Buffer.alloc(700_000, 0x20));
  call.write(piece(id, [large()], false).setOptions(options('large')));
  call.write(piece(id, [large()], false));
  call.write(piece(id, [large()], true));
  call.write(piece(randomUUID(), [message(1)], true).setOptions(options('not-large')));
  await answered(2);
  expect(detailOf(answers[0])).toBe('event_store.client.MaximumAppendSizeExceeded');
  expect(answers[1]?.hasSuccess()).toBe(true);
});
