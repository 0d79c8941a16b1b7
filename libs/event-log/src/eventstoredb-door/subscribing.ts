import { randomUUID } from 'node:crypto';
import type { Position, RecordedEvent } from '../event-log.js';
import { START } from '../event-log.js';
import { wirePosition } from '../eventstoredb/wire-event.js';
import { streamDeleted } from './door-refusal.js';
import type { AllSubscription, StreamSubscription } from './read-request.js';
import {
  caughtUpResponse,
  checkpointResponse,
  confirmationResponse,
  eventResponse,
} from './read-responses.js';
import type { Reading } from './reading.js';
import { TOMBSTONE_TYPE } from './stream-metadata.js';
import { seen } from './stream-view.js';

/** Answers a subscription to one stream until its client leaves. @throws DoorRefusal once the stream is deleted for good. */
export async function subscribeToStream(
  reading: Reading,
  request: StreamSubscription,
  signal: AbortSignal,
): Promise<void> {
  const { log, states, out } = reading;
  const { stream, from } = request;
  const state = await states.of(stream);
  if (state.isTombstoned) throw streamDeleted(stream);
  await out.send(confirmationResponse(randomUUID()));
  const head = await log.head();
  const view = await seen(log, stream, state);
  // Events up to `head` come from the stream, later ones from the tail; what stands in both is told by its revision.
  let last = from === 'end' ? view.last : from === 'start' ? -1 : from;
  if (last < view.last) {
    for await (const event of log.readStream(stream, { from: Math.max(last + 1, view.first) })) {
      if (out.isClosed) return;
      if (event.type === TOMBSTONE_TYPE) throw streamDeleted(stream);
      last = event.revision;
      if (!view.isTooOld(event)) await sendEvent(reading, event, request.structuredIds);
    }
  }
  await out.send(caughtUpResponse());
  for await (const batch of log.tail({ after: head, streamPrefixes: [stream], signal })) {
    for (const event of batch) {
      if (event.stream !== stream || event.revision <= last) continue;
      if (event.type === TOMBSTONE_TYPE) throw streamDeleted(stream);
      last = event.revision;
      await sendEvent(reading, event, request.structuredIds);
    }
  }
}

/** Answers a subscription to $all until its client leaves. */
export async function subscribeToAll(
  reading: Reading,
  request: AllSubscription,
  signal: AbortSignal,
): Promise<void> {
  const { log, out } = reading;
  const { filter, checkpointInterval, structuredIds } = request;
  await out.send(confirmationResponse(randomUUID()));
  const head = await log.head();
  const after: Position = request.from === 'end' ? head : request.from === 'start' ? START : request.from;
  let behind = after < head;
  let sinceCheckpoint = 0;
  if (!behind) await out.send(caughtUpResponse());
  for await (const batch of log.tail({ after, signal })) {
    filter?.learn(batch);
    for (const event of batch) {
      if (filter === undefined || filter.matches(event)) await sendEvent(reading, event, structuredIds);
      if (out.isClosed) return;
      sinceCheckpoint += 1;
      if (sinceCheckpoint >= checkpointInterval) {
        sinceCheckpoint = 0;
        await out.send(checkpointResponse(wirePosition(event.position)));
      }
    }
    const position = batch.at(-1)?.position ?? START;
    if (behind && position >= head && position >= (await log.head())) {
      behind = false;
      if (filter !== undefined && sinceCheckpoint > 0) {
        sinceCheckpoint = 0;
        await out.send(checkpointResponse(wirePosition(position)));
      }
      await out.send(caughtUpResponse());
    }
  }
}

async function sendEvent(
  { visible, out }: Reading,
  event: RecordedEvent,
  structuredIds: boolean,
): Promise<void> {
  const looked = visible.of(event);
  const shown = looked instanceof Promise ? await looked : looked;
  if (shown === undefined) return;
  const full = out.send(eventResponse(shown, structuredIds));
  if (full !== undefined) await full;
}
