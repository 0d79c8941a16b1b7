import type { EventLog, RecordedEvent } from '../event-log.js';
import { streamDeleted } from './door-refusal.js';
import type { EventFilter } from './event-filter.js';
import type { AllRead, StreamRead } from './read-request.js';
import {
  eventResponse,
  firstStreamPositionResponse,
  lastStreamPositionResponse,
  streamNotFoundResponse,
} from './read-responses.js';
import type { ResponseWriter } from './response-writer.js';
import type { StreamStates } from './stream-states.js';
import { seen } from './stream-view.js';
import type { VisibleEvents } from './visible-events.js';

const LEARNED_TOGETHER = 256;

export interface Reading {
  readonly log: EventLog;
  readonly states: StreamStates;
  readonly visible: VisibleEvents;
  readonly out: ResponseWriter;
}

/** Answers a read of one stream. @throws DoorRefusal when the stream was deleted for good. */
export async function readStream(reading: Reading, request: StreamRead): Promise<void> {
  const { log, states, out } = reading;
  const { stream, from, backwards } = request;
  const state = await states.of(stream);
  if (state.isTombstoned) throw streamDeleted(stream);
  const view = await seen(log, stream, state);
  if (view.last < 0 || state.limits.isDeleted) {
    await out.send(streamNotFoundResponse(stream));
    return;
  }
  const asked = from === 'start' ? 0 : from === 'end' ? view.last : from;
  // Forwards, the end is beyond the last event.
  const isBeyond = !backwards && from === 'end';
  const start = backwards ? Math.min(asked, view.last) : Math.max(asked, view.first);
  if (!isBeyond && start >= view.first && start <= view.last) {
    const events = log.readStream(stream, {
      from: start,
      direction: backwards ? 'backwards' : 'forwards',
    });
    await send(reading, request, events, event => {
      if (event.revision < view.first) return 'end';
      return view.isTooOld(event) ? (backwards ? 'end' : 'skip') : 'take';
    });
  }
  if (request.compatibility < 1) return;
  // Where nothing is to be seen, the next that may be is told; the last is told in any case.
  const isEmpty = isBeyond || start < view.first || start > view.last;
  if (isEmpty && !backwards && asked < view.first) await out.send(firstStreamPositionResponse(view.first));
  await out.send(lastStreamPositionResponse(view.last));
}

/** Answers a read of $all. */
export async function readAll(reading: Reading, request: AllRead): Promise<void> {
  const { from, backwards, filter } = request;
  const events = readFrom(reading.log, from, backwards);
  if (events === undefined) return;
  if (filter === undefined) await send(reading, request, events, () => 'take');
  else {
    const judge = (event: RecordedEvent) => (filter.matches(event) ? 'take' : 'skip');
    await send(reading, request, learned(events, filter), judge);
  }
}

/** Forwards from a position means from the event there; backwards, from the one before. Undefined for nothing. */
function readFrom(
  log: EventLog,
  from: AllRead['from'],
  backwards: boolean,
): AsyncIterable<RecordedEvent> | undefined {
  if (backwards) {
    if (from === 'start') return undefined;
    return log.readAll({ direction: 'backwards', ...(from !== 'end' && { from }) });
  }
  if (from === 'end') return undefined;
  return log.readAll(from === 'start' ? {} : { from: from - 1 });
}

/** The same events, of which the filter hears many at a time. */
async function* learned(
  events: AsyncIterable<RecordedEvent>,
  filter: EventFilter,
): AsyncIterable<RecordedEvent> {
  let some: RecordedEvent[] = [];
  for await (const event of events) {
    if (some.push(event) < LEARNED_TOGETHER) continue;
    filter.learn(some);
    yield* some;
    some = [];
  }
  filter.learn(some);
  yield* some;
}

async function send(
  { visible, out }: Reading,
  { count, structuredIds }: StreamRead | AllRead,
  events: AsyncIterable<RecordedEvent>,
  judge: (event: RecordedEvent) => 'take' | 'skip' | 'end',
): Promise<void> {
  let wanted = count;
  if (wanted <= 0) return;
  for await (const event of events) {
    if (out.isClosed) return;
    const verdict = judge(event);
    if (verdict === 'end') return;
    if (verdict === 'skip') continue;
    const looked = visible.of(event);
    const shown = looked instanceof Promise ? await looked : looked;
    if (shown === undefined) continue;
    const full = out.send(eventResponse(shown, structuredIds));
    if (full !== undefined) await full;
    wanted -= 1;
    if (wanted <= 0) return;
  }
}
