import type { RecordedEvent } from '../event-log.js';
import { createdTicks, toWireEvent, wirePosition } from '../eventstoredb/wire-event.js';
import { ProtobufWriter } from './protobuf-writer.js';
import { DELETED_REVISION, TOMBSTONE_TYPE } from './stream-metadata.js';

/** Field numbers of ReadResp in streams.proto. */
const EVENT = 1;
const CONFIRMATION = 2;
const CHECKPOINT = 3;
const STREAM_NOT_FOUND = 4;
const FIRST_STREAM_POSITION = 5;
const LAST_STREAM_POSITION = 6;
const CAUGHT_UP = 8;
/** Of RecordedEvent. */
const METADATA = 6;
const STREAM_NAME = 3;

export interface ReadEvent {
  /** Absent when a link leads to an event that is not there. */
  readonly event?: RecordedEvent;
  /** The link that led to the event. */
  readonly link?: RecordedEvent;
}

/** @param structured whether ids are given as two numbers instead of text. */
export function eventResponse({ event, link }: ReadEvent, structured: boolean): Buffer {
  const parts = [event, link].map(recorded => recorded && { recorded, wire: toWireEvent(recorded) });
  let capacity = 64;
  for (const part of parts) {
    if (part === undefined) continue;
    const { recorded, wire } = part;
    const texts = recorded.stream.length + wire.type.length + wire.contentType.length;
    capacity += wire.data.length + wire.metadata.length + 3 * texts + 256;
  }
  const writer = new ProtobufWriter(capacity);
  const { end } = writer;
  writer.integer(3, wirePosition(((link ?? event) as RecordedEvent).position));
  for (const field of [2, 1]) {
    const part = parts[field - 1];
    if (part === undefined) continue;
    const recordEnd = writer.end;
    writeRecord(writer, part.recorded, part.wire, structured);
    writer.message(field, recordEnd);
  }
  writer.message(EVENT, end);
  return writer.finish();
}

export function confirmationResponse(subscriptionId: string): Buffer {
  return response(CONFIRMATION, writer => writer.text(1, subscriptionId));
}

/** @param position of the wire: all events up to there have been looked at. */
export function checkpointResponse(position: number): Buffer {
  return response(CHECKPOINT, writer => writePosition(writer, position));
}

export function streamNotFoundResponse(stream: string): Buffer {
  return response(
    STREAM_NOT_FOUND,
    writer => {
      const { end } = writer;
      writer.text(STREAM_NAME, stream);
      writer.message(1, end);
    },
    stream.length * 3,
  );
}

export function caughtUpResponse(): Buffer {
  return response(CAUGHT_UP, () => undefined);
}

export function firstStreamPositionResponse(revision: number): Buffer {
  return number(FIRST_STREAM_POSITION, revision);
}

export function lastStreamPositionResponse(revision: number): Buffer {
  return number(LAST_STREAM_POSITION, revision);
}

/** Numbers of the parts of an id as EventStoreDB counts them. */
export function structuredId(uuid: string): [most: bigint, least: bigint] {
  const hex = uuid.replaceAll('-', '');
  return [BigInt(`0x${hex.slice(0, 16)}`), BigInt(`0x${hex.slice(16)}`)];
}

function writeRecord(
  writer: ProtobufWriter,
  event: RecordedEvent,
  wire: ReturnType<typeof toWireEvent>,
  structured: boolean,
): void {
  const position = wirePosition(event.position);
  writer.bytes(8, wire.data);
  writer.bytes(7, wire.metadata);
  writeEntry(writer, 'created', createdTicks(event.time));
  writeEntry(writer, 'content-type', wire.contentType);
  writeEntry(writer, 'type', wire.type);
  writer.integer(5, position);
  writer.integer(4, position);
  writer.integer(3, event.type === TOMBSTONE_TYPE ? DELETED_REVISION : event.revision);
  let { end } = writer;
  writer.text(STREAM_NAME, event.stream);
  writer.message(2, end);
  ({ end } = writer);
  if (structured) {
    const [most, least] = structuredId(wire.id);
    writer.integer(2, least);
    writer.integer(1, most);
    writer.message(1, end);
  } else {
    writer.text(2, wire.id);
  }
  writer.message(1, end);
}

function writeEntry(writer: ProtobufWriter, key: string, value: string): void {
  const { end } = writer;
  writer.text(2, value);
  writer.text(1, key);
  writer.message(METADATA, end);
}

function writePosition(writer: ProtobufWriter, position: number): void {
  writer.integer(2, position);
  writer.integer(1, position);
}

function response(field: number, write: (writer: ProtobufWriter) => void, size = 0): Buffer {
  const writer = new ProtobufWriter(size + 96);
  const { end } = writer;
  write(writer);
  writer.message(field, end);
  return writer.finish();
}

function number(field: number, value: number): Buffer {
  const writer = new ProtobufWriter(16);
  writer.integer(field, value);
  return writer.finish();
}
