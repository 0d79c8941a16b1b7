import type { EventLog } from '#libs/event-log';
import { sampleEvents, type SampleOptions } from './sample-events.js';
import type { SampleEvent } from './world.js';

/** Neighbours of one stream, which one append can take. */
const together = (events: readonly SampleEvent[]): SampleEvent[][] => {
  const runs: SampleEvent[][] = [];
  for (const event of events) {
    const last = runs.at(-1);
    if (last?.[0]?.stream === event.stream) last.push(event);
    else runs.push([event]);
  }
  return runs;
};

export interface WriteSampleOptions extends SampleOptions {
  readonly signal?: AbortSignal;
  /** Told of how many events there are so far. */
  readonly onProgress?: (events: number) => void;
}

/** Appends sample events to a log, one after the other, so that they stand in it in the order of time. Returns how many. */
export const writeSampleLog = async (
  log: Pick<EventLog, 'append'>,
  { signal, onProgress, ...options }: WriteSampleOptions = {},
): Promise<number> => {
  let count = 0;
  for (const day of sampleEvents(options)) {
    for (const run of together(day)) {
      signal?.throwIfAborted();
      await log.append(
        run[0]!.stream,
        run.map(({ stream: _stream, ...event }) => event),
        'any',
      );
      count += run.length;
    }
    onProgress?.(count);
  }
  return count;
};
