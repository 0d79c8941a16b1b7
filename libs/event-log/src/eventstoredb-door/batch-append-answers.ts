import code from '@eventstore/db-client/generated/code_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { UUID } from '@eventstore/db-client/generated/shared_pb.js';
import statuses from '@eventstore/db-client/generated/status_pb.js';
import type { Status } from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import { status } from '@grpc/grpc-js';
import type { ExpectedRevision } from '../event-log.js';
import { wirePosition } from '../eventstoredb/wire-event.js';
import { MAX_APPEND_BYTES, type DoorRefusal } from './door-refusal.js';
import type { WriteOutcome } from './stream-writing.js';

type Code = (typeof code.Code)[keyof typeof code.Code];

/** Of an append in a batch: to whom it is answered. */
export interface Addressee {
  readonly correlationId: UUID | undefined;
  readonly stream: string;
}

export function outcomeAnswer(
  to: Addressee,
  outcome: WriteOutcome,
  expected: ExpectedRevision,
): BatchAppendResp {
  if (outcome.kind === 'deleted') {
    const details = new shared.StreamDeleted().setStreamIdentifier(identifier(to.stream));
    return errorAnswer(to, failed(code.Code.NOT_FOUND, 'StreamDeleted', details));
  }
  if (outcome.kind === 'wrong-version') {
    const details = wrongVersion(expected, outcome.actual);
    return errorAnswer(to, failed(code.Code.ALREADY_EXISTS, 'WrongExpectedVersion', details));
  }
  const success = new streams.BatchAppendResp.Success();
  if (outcome.revision < 0) success.setNoStream(new empty.Empty());
  else success.setCurrentRevision(String(outcome.revision));
  if (outcome.position === undefined) {
    success.setNoPosition(new empty.Empty());
  } else {
    const position = new shared.AllStreamPosition();
    position.setCommitPosition(String(wirePosition(outcome.position)));
    position.setPreparePosition(String(wirePosition(outcome.position)));
    success.setPosition(position);
  }
  return answerTo(to).setSuccess(success);
}

export function timeoutAnswer(to: Addressee): BatchAppendResp {
  return errorAnswer(to, failed(code.Code.DEADLINE_EXCEEDED, 'Timeout', new shared.Timeout()));
}

/** The refusal of one append, after which the call goes on with the others. */
export function refusalAnswer(to: Addressee, refusal: DoorRefusal): BatchAppendResp {
  if (refusal.metadata.get('exception')[0] === 'maximum-append-size-exceeded') {
    const details = new shared.MaximumAppendSizeExceeded().setMaxappendsize(MAX_APPEND_BYTES);
    return errorAnswer(to, failed(code.Code.INVALID_ARGUMENT, 'MaximumAppendSizeExceeded', details));
  }
  if (refusal.code === status.PERMISSION_DENIED) {
    return errorAnswer(to, failed(code.Code.PERMISSION_DENIED, 'AccessDenied', new shared.AccessDenied()));
  }
  if (refusal.code === status.INVALID_ARGUMENT) {
    const details = new shared.BadRequest().setMessage(refusal.details);
    return errorAnswer(to, failed(code.Code.INVALID_ARGUMENT, 'BadRequest', details));
  }
  return errorAnswer(to, failed(refusal.code as unknown as Code, refusal.details, new shared.Unknown()));
}

function wrongVersion(expected: ExpectedRevision, actual: number) {
  const details = new shared.WrongExpectedVersion();
  if (actual < 0) details.setCurrentNoStream(new empty.Empty());
  else details.setCurrentStreamRevision(String(actual));
  if (expected === 'any') details.setExpectedAny(new empty.Empty());
  else if (expected === 'no-stream') details.setExpectedNoStream(new empty.Empty());
  else if (expected === 'stream-exists') details.setExpectedStreamExists(new empty.Empty());
  else details.setExpectedStreamPosition(String(expected));
  return details;
}

interface Detail {
  serializeBinary(): Uint8Array;
}

/** What went wrong, with the message of EventStoreDB's protocol that says more, named after its class. */
function failed(statusCode: Code, message: string, details: Detail): Status {
  const packed = new any.Any();
  packed.pack(details.serializeBinary(), `event_store.client.${nameOfDetail(details)}`);
  return new statuses.Status().setCode(statusCode).setMessage(message).setDetails(packed);
}

function nameOfDetail(details: Detail): string {
  const types = {
    StreamDeleted: shared.StreamDeleted,
    WrongExpectedVersion: shared.WrongExpectedVersion,
    Timeout: shared.Timeout,
    MaximumAppendSizeExceeded: shared.MaximumAppendSizeExceeded,
    AccessDenied: shared.AccessDenied,
    BadRequest: shared.BadRequest,
    Unknown: shared.Unknown,
  };
  return Object.entries(types).find(([, type]) => details instanceof type)?.[0] ?? 'Unknown';
}

function errorAnswer(to: Addressee, error: Status): BatchAppendResp {
  return answerTo(to).setError(error);
}

function answerTo({ correlationId, stream }: Addressee): BatchAppendResp {
  const answer = new streams.BatchAppendResp().setStreamIdentifier(identifier(stream));
  return correlationId ? answer.setCorrelationId(correlationId) : answer;
}

function identifier(stream: string) {
  return new shared.StreamIdentifier().setStreamName(Buffer.from(stream).toString('base64'));
}
