import type { EventLog, RecordedEvent } from '#libs/event-log';
import type { EventWindow } from './event-window.js';
import { MeetingLane, type MeetingStream, streamsOfMeeting } from './meeting-lanes.js';

type Log = Pick<EventLog, 'readStream'>;

/** Streams whose places are looked up at the same time. */
const AT_ONCE = 32;

const openLanes = async (
  log: Log,
  streams: readonly MeetingStream[],
  window: EventWindow,
): Promise<MeetingLane[]> => {
  const lanes: MeetingLane[] = [];
  for (let i = 0; i < streams.length; i += AT_ONCE) {
    const some = streams.slice(i, i + AT_ONCE);
    lanes.push(...(await Promise.all(some.map(stream => MeetingLane.open(log, stream, window)))));
  }
  return lanes.filter(lane => lane.current);
};

/**
 * The events of a meeting in a window, in log order or its reverse, merged from its own streams: the rest of the log is not
 * looked at. Forwards, a stream is opened when the merge comes to the event that names it, since all of its events stand
 * after that one.
 */
export async function* meetingEvents(
  log: Log,
  meetingId: string,
  window: EventWindow,
): AsyncGenerator<RecordedEvent, void> {
  const streams = await streamsOfMeeting(log, meetingId, window);
  const forwards = window.direction === 'forwards';
  const isOpenAtOnce = ({ since }: MeetingStream): boolean => !forwards || since <= window.after;
  const lanes = await openLanes(log, streams.filter(isOpenAtOnce), window);
  const waiting = streams.filter(stream => !isOpenAtOnce(stream)).reverse();
  for (;;) {
    let first: MeetingLane | undefined;
    let next: RecordedEvent | undefined;
    for (const lane of lanes) {
      const { current } = lane;
      if (!current || (next && current.position > next.position === forwards)) continue;
      [first, next] = [lane, current];
    }
    const named = waiting.at(-1);
    if (named && (!next || named.since < next.position)) {
      waiting.pop();
      lanes.push(...(await openLanes(log, [named], window)));
      continue;
    }
    if (!first || !next) return;
    yield next;
    await first.advance();
    if (!first.current) lanes.splice(lanes.indexOf(first), 1);
  }
}
