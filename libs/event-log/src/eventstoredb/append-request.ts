import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import empties from 'google-protobuf/google/protobuf/empty_pb.js';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { ExpectedRevision } from '../event-log.js';

/** An event as it is sent: data and metadata are JSON. */
export interface ProposedEvent {
  /** A UUID. */
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

/** Bytes of JSON after which a further message begins; the server takes messages of up to 4 MiB. */
const MESSAGE_BYTES = 2_097_152;

/**
 * The messages of one append of EventStoreDB's `BatchAppend` (streams.proto).
 * @param deadline until when the server may begin it, in milliseconds since 1970.
 */
export function appendRequests(
  correlationId: string,
  stream: string,
  events: readonly ProposedEvent[],
  expected: ExpectedRevision,
  deadline: number,
): BatchAppendReq[] {
  const correlation = new shared.UUID().setString(correlationId);
  const begin = (): BatchAppendReq => new streams.BatchAppendReq().setCorrelationId(correlation);
  let request = begin().setOptions(optionsOf(stream, expected, deadline));
  const requests = [request];
  let size = 0;
  for (const event of events) {
    const data = Buffer.from(event.data);
    const metadata = Buffer.from(event.metadata);
    if (size > 0 && size + data.length + metadata.length > MESSAGE_BYTES) {
      request = begin();
      requests.push(request);
      size = 0;
    }
    size += data.length + metadata.length;
    const message = new streams.BatchAppendReq.ProposedMessage();
    message.setId(new shared.UUID().setString(event.id)).setData(data).setCustomMetadata(metadata);
    message.getMetadataMap().set('type', event.type).set('content-type', 'application/json');
    request.addProposedMessages(message);
  }
  request.setIsFinal(true);
  return requests;
}

function optionsOf(stream: string, expected: ExpectedRevision, deadline: number): BatchAppendReq.Options {
  const options = new streams.BatchAppendReq.Options()
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(stream)))
    .setDeadline(timestamps.Timestamp.fromDate(new Date(deadline)));
  const empty = new empties.Empty();
  if (expected === 'any') return options.setAny(empty);
  if (expected === 'no-stream') return options.setNoStream(empty);
  if (expected === 'stream-exists') return options.setStreamExists(empty);
  return options.setStreamPosition(String(expected));
}

/** The correlation id of an answer, in the form in which it was sent. */
export function correlationOf(answer: BatchAppendResp): string {
  const uuid = answer.getCorrelationId();
  const halves = uuid?.getStructured();
  if (halves === undefined) return uuid?.getString() ?? '';
  const hex = [halves.getMostSignificantBits(), halves.getLeastSignificantBits()]
    .map(half => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, '0'))
    .join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
