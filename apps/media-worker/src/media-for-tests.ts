import type { Fact, MediaOperations } from '#libs/work-queues';
import { startMediaEngine } from './media-engine.js';
import { mediaHandlers } from './media-handlers.js';
import { Meetings } from './meetings.js';

export const MEDIA = { workers: 1, host: '127.0.0.1', announcedAddress: '', port: 0 };

/** A real mediasoup process behind the handlers, without queues; facts are kept. */
export const startMedia = async () => {
  const engine = await startMediaEngine({ media: MEDIA, slot: '1' });
  const facts: Fact[] = [];
  const errors: Error[] = [];
  const meetings = new Meetings({
    ...engine,
    host: MEDIA.host,
    onFact: fact => facts.push(fact),
    onError: error => errors.push(error),
  });
  const handlers = mediaHandlers(meetings);
  const ask = <K extends keyof MediaOperations>(
    name: K,
    request: MediaOperations[K]['request'],
  ): Promise<MediaOperations[K]['result']> => handlers[name](request);
  return { engine, meetings, facts, errors, ask, close: () => engine.close() };
};

export type TestMedia = Awaited<ReturnType<typeof startMedia>>;
