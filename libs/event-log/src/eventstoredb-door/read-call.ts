import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { DoorContext } from './door-context.js';
import { serverNotReady, tooManyReads } from './door-refusal.js';
import { statusOf } from './failed-call.js';
import { readRequest, type ReadRequest } from './read-request.js';
import { readAll, readStream, type Reading } from './reading.js';
import { ResponseWriter } from './response-writer.js';
import { subscribeToAll, subscribeToStream } from './subscribing.js';
import { VisibleEvents } from './visible-events.js';

/** Each holds a place in the log and some memory. */
export const MAX_READS = 500;

/** `Streams.Read`: reads and subscriptions, of a stream and of $all. */
export async function readCall(
  door: DoorContext,
  call: ServerWritableStream<ReadReq, Buffer>,
): Promise<void> {
  const end = new AbortController();
  const stop = (): void => end.abort();
  call.once('cancelled', stop);
  door.closed.addEventListener('abort', stop, { once: true });
  try {
    if (door.closed.aborted) throw serverNotReady();
    const userId = await door.userOf(call);
    if (door.reads.size >= MAX_READS) throw tooManyReads(MAX_READS);
    door.reads.add(call);
    const { log, states, show } = door;
    const request = readRequest(call.request);
    const own = show && ((event: Parameters<typeof show>[0]) => show(event, userId));
    const visible = new VisibleEvents(log, states, own, request.resolveLinks);
    const out = new ResponseWriter(call, end.signal);
    await answer({ log, states, visible, out }, request, end.signal);
    if (door.closed.aborted) throw serverNotReady();
    // A tail also ends when the log closes.
    if (request.kind.endsWith('subscription') && !end.signal.aborted) throw serverNotReady();
    call.end();
  } catch (error) {
    if (!call.cancelled) call.emit('error', statusOf(error));
  } finally {
    door.closed.removeEventListener('abort', stop);
    door.reads.delete(call);
    end.abort();
  }
}

function answer(reading: Reading, request: ReadRequest, signal: AbortSignal): Promise<void> {
  if (request.kind === 'stream') return readStream(reading, request);
  if (request.kind === 'all') return readAll(reading, request);
  if (request.kind === 'stream-subscription') return subscribeToStream(reading, request, signal);
  return subscribeToAll(reading, request, signal);
}
