import { status, type Metadata } from '@grpc/grpc-js';
import { EventTooLarge, InvalidAppend, LogUnavailable } from '../event-log-errors.js';
import { appendTooLarge, DoorRefusal, invalidArgument, serverNotReady } from './door-refusal.js';

/** What a client is told of whatever went wrong; nothing of what is inside. */
export function refusalOf(error: unknown): DoorRefusal {
  if (error instanceof DoorRefusal) return error;
  if (error instanceof EventTooLarge) return appendTooLarge();
  if (error instanceof InvalidAppend) return invalidArgument(error.message);
  if (error instanceof LogUnavailable) return serverNotReady();
  return new DoorRefusal(status.INTERNAL, 'The door failed');
}

/** A refusal in the form in which grpc-js sends it. */
export function statusOf(error: unknown): { code: status; details: string; metadata: Metadata } {
  const { code, details, metadata } = refusalOf(error);
  return { code, details, metadata };
}
