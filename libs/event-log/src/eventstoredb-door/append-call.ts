import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { sendUnaryData, ServerReadableStream } from '@grpc/grpc-js';
import type { ExpectedRevision } from '../event-log.js';
import { type WireEvent, wirePosition } from '../eventstoredb/wire-event.js';
import type { DoorContext } from './door-context.js';
import { appendTooLarge, invalidArgument, MAX_APPEND_BYTES, streamDeleted } from './door-refusal.js';
import { expectedRevision } from './expected-revision.js';
import { statusOf } from './failed-call.js';
import { proposedEvent, sizeOf } from './proposed-event.js';
import { nameOf } from './stream-name.js';
import type { WriteOutcome } from './stream-writing.js';

interface Append {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly WireEvent[];
}

/** `Streams.Append`: one append, its options first, then its events one by one. */
export async function appendCall(
  door: DoorContext,
  call: ServerReadableStream<AppendReq, AppendResp>,
  answer: sendUnaryData<AppendResp>,
): Promise<void> {
  try {
    await door.userOf(call);
    door.refuseWrites();
    const { stream, expected, events } = await received(call);
    const outcome = await door.writing.append(stream, events, expected);
    if (outcome.kind === 'deleted') throw streamDeleted(stream);
    answer(null, outcome.kind === 'written' ? success(outcome) : wrongVersion(expected, outcome.actual));
  } catch (error) {
    answer(statusOf(error));
    // What still comes is not looked at, and must not fill the connection.
    call.resume();
  }
}

async function received(call: ServerReadableStream<AppendReq, AppendResp>): Promise<Append> {
  let options: AppendReq.Options | undefined;
  let size = 0;
  const events: WireEvent[] = [];
  call.once('cancelled', () => call.destroy());
  for await (const request of call as AsyncIterable<AppendReq>) {
    const message = request.getProposedMessage();
    if (options === undefined) {
      options = request.getOptions();
      if (options === undefined) throw invalidArgument('An append begins with its options');
    } else if (message === undefined) {
      throw invalidArgument('After its options an append has events alone');
    } else {
      const event = proposedEvent(message);
      size += sizeOf(event);
      if (size > MAX_APPEND_BYTES) throw appendTooLarge();
      events.push(event);
    }
  }
  if (options === undefined) throw invalidArgument('An append begins with its options');
  return {
    stream: nameOf(options.getStreamIdentifier()),
    expected: expectedRevision(options, options.hasRevision() ? options.getRevision() : undefined),
    events,
  };
}

function success({ revision, position }: WriteOutcome & { readonly kind: 'written' }): AppendResp {
  const result = new streams.AppendResp.Success();
  if (revision < 0) result.setNoStream(new shared.Empty());
  else result.setCurrentRevision(String(revision));
  if (position === undefined) {
    result.setNoPosition(new shared.Empty());
  } else {
    const at = new streams.AppendResp.Position();
    at.setCommitPosition(String(wirePosition(position)));
    at.setPreparePosition(String(wirePosition(position)));
    result.setPosition(at);
  }
  return new streams.AppendResp().setSuccess(result);
}

function wrongVersion(expected: ExpectedRevision, actual: number): AppendResp {
  const result = new streams.AppendResp.WrongExpectedVersion();
  if (actual < 0) result.setCurrentNoStream(new shared.Empty());
  else result.setCurrentRevision(String(actual));
  if (expected === 'any') result.setExpectedAny(new shared.Empty());
  else if (expected === 'no-stream') result.setExpectedNoStream(new shared.Empty());
  else if (expected === 'stream-exists') result.setExpectedStreamExists(new shared.Empty());
  else result.setExpectedRevision(String(expected));
  return new streams.AppendResp().setWrongExpectedVersion(result);
}
