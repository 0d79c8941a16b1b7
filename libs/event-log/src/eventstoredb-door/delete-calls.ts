import streams from '@eventstore/db-client/generated/streams_pb.js';
import type {
  DeleteReq,
  DeleteResp,
  TombstoneReq,
  TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import type { ExpectedRevision, Position } from '../event-log.js';
import { wirePosition } from '../eventstoredb/wire-event.js';
import type { DoorContext } from './door-context.js';
import { invalidArgument, streamDeleted, wrongExpectedVersion } from './door-refusal.js';
import { expectedNumber, expectedRevision } from './expected-revision.js';
import { statusOf } from './failed-call.js';
import { nameOf } from './stream-name.js';
import type { WriteOutcome } from './stream-writing.js';

/** `Streams.Delete`: the stream can be written again, and its revisions go on. */
export async function deleteCall(
  door: DoorContext,
  call: ServerUnaryCall<DeleteReq, DeleteResp>,
  answer: sendUnaryData<DeleteResp>,
): Promise<void> {
  try {
    await door.userOf(call);
    door.refuseWrites();
    const { stream, expected } = wanted(call.request.getOptions());
    const position = positionOf(stream, expected, await door.writing.delete(stream, expected));
    const at = new streams.DeleteResp.Position();
    answer(null, new streams.DeleteResp().setPosition(placed(at, position)));
  } catch (error) {
    answer(statusOf(error));
  }
}

/** `Streams.Tombstone`: the stream is deleted for good. */
export async function tombstoneCall(
  door: DoorContext,
  call: ServerUnaryCall<TombstoneReq, TombstoneResp>,
  answer: sendUnaryData<TombstoneResp>,
): Promise<void> {
  try {
    await door.userOf(call);
    door.refuseWrites();
    const { stream, expected } = wanted(call.request.getOptions());
    const position = positionOf(stream, expected, await door.writing.tombstone(stream, expected));
    const at = new streams.TombstoneResp.Position();
    answer(null, new streams.TombstoneResp().setPosition(placed(at, position)));
  } catch (error) {
    answer(statusOf(error));
  }
}

function wanted(options: DeleteReq.Options | TombstoneReq.Options | undefined): {
  stream: string;
  expected: ExpectedRevision;
} {
  if (options === undefined) throw invalidArgument('A deletion needs options');
  return {
    stream: nameOf(options.getStreamIdentifier()),
    expected: expectedRevision(options, options.hasRevision() ? options.getRevision() : undefined),
  };
}

function positionOf(stream: string, expected: ExpectedRevision, outcome: WriteOutcome): Position {
  if (outcome.kind === 'deleted') throw streamDeleted(stream);
  if (outcome.kind === 'wrong-version') {
    throw wrongExpectedVersion('Delete', stream, expectedNumber(expected), outcome.actual);
  }
  return outcome.position as Position;
}

function placed<P extends { setCommitPosition(value: string): P; setPreparePosition(value: string): P }>(
  at: P,
  position: Position,
): P {
  const text = String(wirePosition(position));
  return at.setCommitPosition(text).setPreparePosition(text);
}
