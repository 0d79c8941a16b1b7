import type { EventLog, RecordedEvent } from '../event-log.js';
import type { StreamState } from './stream-states.js';

/** Which events of a stream its metadata leaves to be seen. */
export interface StreamView {
  /** The first revision that may be seen. */
  readonly first: number;
  /** The last revision; -1 when the stream has no events. */
  readonly last: number;
  readonly isTooOld: (event: RecordedEvent) => boolean;
}

/** How the stream is to be seen now. */
export async function seen(log: EventLog, stream: string, { limits }: StreamState): Promise<StreamView> {
  let last = -1;
  for await (const event of log.readStream(stream, { direction: 'backwards', limit: 1 }))
    last = event.revision;
  const { maxCount, maxAgeSeconds, truncateBefore } = limits;
  const first = Math.max(truncateBefore, maxCount === undefined ? 0 : last + 1 - maxCount);
  const oldest = maxAgeSeconds === undefined ? undefined : Date.now() - maxAgeSeconds * 1_000;
  return {
    first,
    last,
    isTooOld: event => oldest !== undefined && Date.parse(event.time) < oldest,
  };
}
