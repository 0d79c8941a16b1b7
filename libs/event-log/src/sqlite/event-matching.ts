import type { EventFilter, RecordedEvent } from '../event-log.js';

/** The filter as a test of one event; undefined when it lets everything through. */
export function eventMatcher(filter: EventFilter): ((event: RecordedEvent) => boolean) | undefined {
  const { types, streamPrefixes } = filter;
  if (types === undefined && streamPrefixes === undefined) return undefined;
  const wanted = types && new Set(types);
  return event =>
    (wanted === undefined || wanted.has(event.type)) &&
    (streamPrefixes === undefined || streamPrefixes.some(prefix => event.stream.startsWith(prefix)));
}
