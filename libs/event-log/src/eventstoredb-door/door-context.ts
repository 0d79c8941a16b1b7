import type { Metadata } from '@grpc/grpc-js';
import type { EventLog } from '../event-log.js';
import type { StreamStates } from './stream-states.js';
import type { StreamWriting } from './stream-writing.js';
import type { Show } from './visible-events.js';

/** What all calls of a door work with. */
export interface DoorContext {
  readonly log: EventLog;
  readonly states: StreamStates;
  readonly writing: StreamWriting;
  readonly show?: Show;
  /** Who calls, by user id. @throws DoorRefusal when that is not known, or may not read. */
  readonly userOf: (call: { readonly metadata: Metadata }) => string | Promise<string>;
  /** @throws DoorRefusal when nothing may be written here. */
  readonly refuseWrites: () => void;
  /** Reads and subscriptions that go on. */
  readonly reads: Set<object>;
  /** Aborts when the door closes. */
  readonly closed: AbortSignal;
}
