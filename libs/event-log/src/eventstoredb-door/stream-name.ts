import type { StreamIdentifier } from '@eventstore/db-client/generated/shared_pb.js';
import { invalidArgument } from './door-refusal.js';

/** @throws DoorRefusal when there is none, or it is no text. */
export function nameOf(identifier: StreamIdentifier | undefined): string {
  const name = Buffer.from(identifier?.getStreamName_asU8() ?? []).toString();
  if (name === '') throw invalidArgument('The name of the stream is missing');
  if (name.includes('\0')) throw invalidArgument('The name of a stream may not contain NUL');
  return name;
}
