import { eventTypeFilter, excludeSystemEvents, streamNameFilter, type Filter } from '@eventstore/db-client';
import type { EventFilter } from '../event-log.js';

type Checkpoint = NonNullable<Filter['checkpointReached']>;

/** Whether no event can fit. */
export function fitsNothing({ types, streamPrefixes }: EventFilter): boolean {
  return types?.length === 0 || streamPrefixes?.length === 0;
}

/**
 * A filter for the server that lets through at least what fits. It knows one criterion, and of types only their beginnings:
 * what it lets through is to be looked at again.
 * @param besides an event that is to come whether or not it fits.
 * @param onCheckpoint told from time to time how far the server has looked.
 */
export function serverFilter(
  { types, streamPrefixes }: EventFilter,
  besides: { readonly type: string; readonly stream: string } | undefined,
  onCheckpoint: Checkpoint,
): Filter {
  const options = { checkpointReached: onCheckpoint };
  if (streamPrefixes !== undefined && !streamPrefixes.includes('')) {
    return streamNameFilter({
      ...options,
      prefixes: [...streamPrefixes, ...(besides ? [besides.stream] : [])],
    });
  }
  if (types !== undefined) {
    return eventTypeFilter({ ...options, prefixes: [...types, ...(besides ? [besides.type] : [])] });
  }
  return excludeSystemEvents(options);
}
