import type { AnyEvent } from '../any-event.js';
import { describeEvent } from './describe-event.js';
import type { TimedEvent } from './moment-event.js';
import { namesIn } from './names.js';

export interface TimelineEntry {
  /** ISO 8601, UTC. */
  readonly time: string;
  /** Milliseconds since the meeting's start, negative before it; since the first event where it did not start. */
  readonly offset: number;
  readonly type: AnyEvent['type'];
  readonly text: string;
}

/** What happened in a meeting, one readable line per event, in the order given. */
export const timeline = (
  events: Iterable<TimedEvent & { readonly userId?: string }>,
): readonly TimelineEntry[] => {
  const all = [...events];
  const names = namesIn(all);
  const origin = Date.parse((all.find(event => event.type === 'MeetingStarted') ?? all[0])?.time ?? '');
  return all.map(event => ({
    time: event.time,
    offset: Date.parse(event.time) - origin,
    type: event.type,
    text: describeEvent(event, names),
  }));
};
