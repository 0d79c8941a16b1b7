import type { AllStreamResolvedEvent, ResolvedEvent } from '@eventstore/db-client';
import type { NewEvent, Position, RecordedEvent } from '../event-log.js';
import { parleyEvent } from './wire-event.js';

export type WireRecord = ResolvedEvent | AllStreamResolvedEvent;

/** What says that there is no position: the server is too old to give one with a stream. */
const NO_POSITION = 2n ** 64n - 1n;

/**
 * A commit position as the port's Position.
 * @throws Error beyond 2^53, where a number no longer tells two positions apart.
 */
export function safePosition(commit: bigint): Position {
  if (commit === NO_POSITION) {
    throw new Error('EventStoreDB gives no position with an event; Parley needs release 22.6 or newer');
  }
  if (commit > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new Error(`Position ${commit} of EventStoreDB is beyond 2^53, up to which Parley can count`);
  }
  return Number(commit);
}

/**
 * An event that the server gave, as the port knows it: one of Parley's as it was appended; a foreign one with version 1, the
 * time at which the server took it, and its data where that is JSON, else null. Undefined for what the server keeps for
 * itself: types and streams that begin with `$`, links among them.
 */
export function recordedEvent(record: WireRecord): RecordedEvent | undefined {
  const { event } = record;
  if (event === undefined || event.type.startsWith('$') || event.streamId.startsWith('$')) return undefined;
  const { id, type, data, metadata } = event;
  const own = event.isJson ? parleyEvent({ id, type, data, metadata }) : undefined;
  return {
    ...(own ?? foreignEvent(event)),
    stream: event.streamId,
    revision: Number(event.revision),
    position: positionOf(record),
  };
}

/** Where a record stands, the server's own too. */
export function positionOf({ event, commitPosition }: WireRecord): Position {
  return safePosition(event?.position?.commit ?? commitPosition ?? NO_POSITION);
}

function foreignEvent({
  id,
  type,
  isJson,
  data,
  metadata,
  created,
}: NonNullable<WireRecord['event']>): NewEvent {
  const said: Record<string, unknown> =
    typeof metadata === 'object' && metadata !== null ? (metadata as Record<string, unknown>) : {};
  return {
    id,
    type,
    version: 1,
    time: created.toISOString(),
    data: isJson ? data : null,
    metadata: {
      correlationId: typeof said.$correlationId === 'string' ? said.$correlationId : id,
      ...(typeof said.$causationId === 'string' && { causationId: said.$causationId }),
      userId: 'eventstoredb',
    },
  };
}
