import type { AnyEvent } from '../any-event.js';
import { upcast } from '../upcast.js';

/** An event and when it happened: ISO 8601, UTC. */
export type TimedEvent = AnyEvent & { readonly time: string };

/** An event as replay shows it: what happened, when, where it stands in the log, and who did it. */
export type MomentEvent = TimedEvent & {
  /** Place in the whole log. */
  readonly position: number;
  readonly stream: string;
  /** Place in its stream, from 0. */
  readonly revision: number;
  /** User id of who caused it. */
  readonly userId: string;
};

/** What replay needs of an event as a log recorded it. */
export interface EventOfLog {
  readonly type: string;
  readonly version: number;
  readonly data: unknown;
  readonly time: string;
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly metadata: { readonly userId: string };
}

/** The log holds no other events than {@link AnyEvent}; of what a later version may have written, replay ignores the type. */
export const momentEvent = (event: EventOfLog): MomentEvent => {
  const { type, data, time, position, stream, revision, metadata } = upcast(event);
  return { type, data, time, position, stream, revision, userId: metadata.userId } as MomentEvent;
};
