import type { UUID } from '@eventstore/db-client/generated/shared_pb.js';
import type { AppendReq, BatchAppendReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { WireEvent } from '../eventstoredb/wire-event.js';
import { invalidArgument, metadataMissing } from './door-refusal.js';

const UUID_TEXT = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** An event that a client wants appended. @throws DoorRefusal when it lacks something. */
export function proposedEvent(
  message: AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage,
): WireEvent {
  const properties = message.getMetadataMap();
  const type = properties.get('type');
  if (type === undefined) throw metadataMissing('type');
  const contentType = properties.get('content-type');
  if (contentType === undefined) throw metadataMissing('content-type');
  return {
    id: uuidText(message.getId()),
    type,
    contentType,
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

/** What EventStoreDB counts against the limit of an append. */
export function sizeOf({ type, data, metadata }: WireEvent): number {
  return data.length + metadata.length + 2 * type.length;
}

/** A UUID of the wire as text in lower case. @throws DoorRefusal when it is none. */
export function uuidText(uuid: UUID | undefined): string {
  const structured = uuid?.getStructured();
  const text = structured
    ? fromNumbers(BigInt(structured.getMostSignificantBits()), BigInt(structured.getLeastSignificantBits()))
    : (uuid?.getString() ?? '').toLowerCase();
  if (!UUID_TEXT.test(text)) throw invalidArgument(`'${text}' is not a UUID`);
  return text;
}

function fromNumbers(most: bigint, least: bigint): string {
  const [a, b] = [most, least].map(part => BigInt.asUintN(64, part).toString(16).padStart(16, '0')) as [
    string,
    string,
  ];
  return `${a.slice(0, 8)}-${a.slice(8, 12)}-${a.slice(12)}-${b.slice(0, 4)}-${b.slice(4)}`;
}
