import type { EventMetadata, Position, RecordedEvent } from '#libs/event-log';

/** What an executed command led to. */
export interface Executed<State> {
  /** State after the command's events. */
  readonly state: State;
  /** Events of this command; empty when it changed nothing. */
  readonly events: readonly RecordedEvent[];
  /** Position up to which this node must have projected for the client to read its own write; undefined when nothing was appended. */
  readonly position?: Position;
}

export interface CommandMetadata extends Pick<EventMetadata, 'correlationId' | 'causationId' | 'userId'> {
  /** Makes the ids of the command's events deterministic, so that a repeat appends nothing. */
  readonly idempotencyKey?: string;
  /** When: ISO 8601, UTC. */
  readonly time: string;
}
