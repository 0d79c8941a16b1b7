import { isUtf8 } from 'node:buffer';
import { START, type EventMetadata, type NewEvent, type Position } from '../event-log.js';
import { storedForeignEvent, foreignPartsOf } from './foreign-event.js';
import { uuidOf } from './wire-id.js';

export const JSON_TYPE = 'application/json';

/** What an event is on EventStoreDB's wire, whoever wrote it. */
export interface WireEvent {
  /** A UUID in lower case. */
  readonly id: string;
  readonly type: string;
  /** `application/json`, or whatever else its writer said. */
  readonly contentType: string;
  readonly data: Uint8Array;
  /** As bytes; empty for none. */
  readonly metadata: Uint8Array;
}

/**
 * The metadata with which an event of Parley travels; whatever else its own metadata has stands beside these keys.
 * An event with such metadata is one of Parley's, whoever wrote it; any other is a foreign one.
 */
export interface WireMetadata {
  readonly $correlationId: string;
  readonly $causationId?: string;
  readonly userId: string;
  readonly version: number;
  readonly time: string;
  /** Its id, where that is no UUID in lower case. */
  readonly id?: string;
  readonly [other: string]: unknown;
}

/** An event of Parley in the values with which it travels, for a client that turns values into bytes. */
export function wireValues(event: NewEvent): {
  id: string;
  type: string;
  data: unknown;
  metadata: WireMetadata;
} {
  const { correlationId, causationId, ...others } = event.metadata;
  const id = uuidOf(event.id);
  const metadata: WireMetadata = {
    $correlationId: correlationId,
    ...(causationId !== undefined && { $causationId: causationId }),
    ...others,
    version: event.version,
    time: event.time,
    ...(id !== event.id && { id: event.id }),
  };
  return { id, type: event.type, data: event.data, metadata };
}

/** The event of Parley that travelled as these values; undefined for a foreign one. */
export function parleyEvent(wire: {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
}): NewEvent | undefined {
  const { metadata } = wire;
  if (typeof metadata !== 'object' || metadata === null || 'foreign' in metadata) return undefined;
  const { $correlationId, $causationId, version, time, id = wire.id, ...others } = metadata as WireMetadata;
  const fits =
    typeof $correlationId === 'string' &&
    ($causationId === undefined || typeof $causationId === 'string') &&
    typeof others.userId === 'string' &&
    Number.isSafeInteger(version) &&
    version >= 1 &&
    typeof time === 'string' &&
    time !== '' &&
    typeof id === 'string' &&
    id !== '' &&
    uuidOf(id) === wire.id;
  if (!fits) return undefined;
  const own: EventMetadata = {
    correlationId: $correlationId,
    ...($causationId !== undefined && { causationId: $causationId }),
    ...others,
  };
  return { id, type: wire.type, version, time, data: wire.data, metadata: own };
}

/** The event as it goes over the wire: a foreign one byte for byte as it came, one of Parley's as JSON. */
export function toWireEvent(event: NewEvent): WireEvent {
  const foreign = foreignPartsOf(event);
  if (foreign !== undefined) return { id: uuidOf(event.id), type: event.type, ...foreign };
  const { id, type, data, metadata } = wireValues(event);
  return {
    id,
    type,
    contentType: JSON_TYPE,
    data: Buffer.from(JSON.stringify(data)),
    metadata: Buffer.from(JSON.stringify(metadata)),
  };
}

/**
 * What the log records of an event that came over the wire: one of Parley's as if it had never travelled; a foreign one
 * with its bytes.
 * @param now ISO 8601; when a foreign event happened, which its bytes do not say.
 */
export function fromWireEvent(wire: WireEvent, now: string): NewEvent {
  const { id, type } = wire;
  if (wire.contentType === JSON_TYPE && wire.metadata.length > 0) {
    const metadata = jsonOf(wire.metadata);
    const data = jsonOf(wire.data);
    if (metadata !== undefined && data !== undefined) {
      const event = parleyEvent({ id, type, data: data.value, metadata: metadata.value });
      if (event !== undefined) return event;
    }
  }
  return storedForeignEvent(wire, now);
}

/** Where an event stands, as the wire counts: from 1, so that 0 is the start of the log. */
export function wirePosition(position: Position): number {
  return position - START;
}

/** @param commit a commit position of the wire; beyond what a number holds it is the end of every log. */
export function positionOfWire(commit: bigint): Position {
  const at = commit > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(commit);
  return at + START;
}

/** Ticks of 100 ns since 1970 of an ISO 8601 time, which is how the wire says when an event was created. */
export function createdTicks(time: string): string {
  const milliseconds = Date.parse(time);
  return milliseconds > 0 ? `${milliseconds}0000` : '0';
}

function jsonOf(bytes: Uint8Array): { value: unknown } | undefined {
  if (!isUtf8(bytes)) return undefined;
  try {
    return { value: JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
