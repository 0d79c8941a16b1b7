import type { EventMetadata } from '#libs/event-log';

export interface CommandMetadata extends Pick<EventMetadata, 'correlationId' | 'causationId' | 'userId'> {
  /** Makes the ids of the command's events deterministic, so that a repeat appends nothing. */
  readonly idempotencyKey?: string;
  /** When: ISO 8601, UTC. */
  readonly time: string;
}
