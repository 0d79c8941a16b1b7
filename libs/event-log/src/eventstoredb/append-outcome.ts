import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { Status } from '@eventstore/db-client/generated/status_pb.js';
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { status } from '@grpc/grpc-js';
import { LogUnavailable } from '../event-log-errors.js';
import type { Position } from '../event-log.js';
import { safePosition } from './recorded-event.js';

/** What the server did with an append. */
export type AppendOutcome =
  | {
      readonly kind: 'written';
      /** Of the last event. */
      readonly revision: number;
      readonly position: Position | undefined;
    }
  | {
      readonly kind: 'conflict';
      /** -1 when there is no stream. */
      readonly actual: number;
    }
  | { readonly kind: 'too-large'; readonly limit: number };

const PACKAGE = 'event_store.client.';
const NOT_NOW: readonly number[] = [
  status.UNAVAILABLE,
  status.DEADLINE_EXCEEDED,
  status.CANCELLED,
  status.ABORTED,
];

/**
 * Reads an answer of EventStoreDB's `BatchAppend` (streams.proto, shared.proto).
 * @throws LogUnavailable when the server had no time for it, or Error with what else it says.
 */
export function outcomeOf(answer: BatchAppendResp): AppendOutcome {
  const error = answer.getError();
  if (error !== undefined) return refusalOf(error);
  const success = answer.getSuccess();
  if (success === undefined)
    throw new Error('EventStoreDB answered an append with neither success nor error');
  const position = success.getPosition();
  return {
    kind: 'written',
    revision: Number(success.getCurrentRevision()),
    position: position && safePosition(BigInt(position.getCommitPosition())),
  };
}

function refusalOf(error: Status): AppendOutcome {
  const details = error.getDetails();
  const name = details?.getTypeName() ?? '';
  if (name === `${PACKAGE}WrongExpectedVersion`) {
    const wrong = details?.unpack(bytes => shared.WrongExpectedVersion.deserializeBinary(bytes), name);
    const known = wrong?.hasCurrentStreamRevision() ?? false;
    return { kind: 'conflict', actual: known ? Number(wrong?.getCurrentStreamRevision()) : -1 };
  }
  if (name === `${PACKAGE}MaximumAppendSizeExceeded`) {
    const exceeded = details?.unpack(
      bytes => shared.MaximumAppendSizeExceeded.deserializeBinary(bytes),
      name,
    );
    return { kind: 'too-large', limit: exceeded?.getMaxappendsize() ?? 0 };
  }
  const says = error.getMessage() || name;
  if (name === `${PACKAGE}Timeout` || NOT_NOW.includes(error.getCode())) {
    throw new LogUnavailable(`EventStoreDB does not answer: ${says}`);
  }
  throw new Error(`EventStoreDB refuses the append: ${says}`);
}
