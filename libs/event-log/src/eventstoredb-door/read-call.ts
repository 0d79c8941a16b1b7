import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { DoorContext } from './door-context.js';
import { statusOf } from './failed-call.js';
import { readRequest } from './read-request.js';
import { readAll, readStream, type Reading } from './reading.js';
import { ResponseWriter } from './response-writer.js';
import { subscribeToAll, subscribeToStream } from './subscribing.js';
import { VisibleEvents } from './visible-events.js';

/** `Streams.Read`: reads and subscriptions, of a stream and of $all. */
export async function readCall(
  door: DoorContext,
  call: ServerWritableStream<ReadReq, Buffer>,
): Promise<void> {
  const left = new AbortController();
  const leave = (): void => left.abort();
  call.once('cancelled', leave);
  const signal = AbortSignal.any([left.signal, door.closed]);
  try {
    const userId = await door.userOf(call);
    const request = readRequest(call.request);
    const { log, states, show } = door;
    const own = show && ((event: Parameters<typeof show>[0]) => show(event, userId));
    const reading: Reading = {
      log,
      states,
      visible: new VisibleEvents(log, states, own, request.resolveLinks),
      out: new ResponseWriter(call as ServerWritableStream<unknown, Buffer>, signal),
    };
    if (request.kind === 'stream') await readStream(reading, request);
    else if (request.kind === 'all') await readAll(reading, request);
    else if (request.kind === 'stream-subscription') await subscribeToStream(reading, request, signal);
    else await subscribeToAll(reading, request, signal);
    call.end();
  } catch (error) {
    if (!left.signal.aborted) call.emit('error', statusOf(error));
  }
}
