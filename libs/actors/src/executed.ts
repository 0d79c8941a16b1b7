import type { Position, RecordedEvent } from '#libs/event-log';

/** What an executed command led to. */
export interface Executed<State> {
  /** State after the command's events. */
  readonly state: State;
  /** Events of this command; empty when it changed nothing. */
  readonly events: readonly RecordedEvent[];
  /** Position up to which this node must have projected for the client to read its own write; undefined when nothing was appended. */
  readonly position?: Position;
}
