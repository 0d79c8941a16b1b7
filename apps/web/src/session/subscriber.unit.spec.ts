import { beforeEach, describe, expect, it } from '@jest/globals';
import type { types } from 'mediasoup-client';
import { producer } from './meeting-for-tests.js';
import type { Ask } from './protocol.js';
import type { RemoteTrack } from './remote-track.js';
import { Store } from './store.js';
import { Subscriber } from './subscriber.js';

/** A server that gives a consumer out again as long as it was not told to close it. */
class Server {
  readonly asked: string[] = [];
  readonly consumers = new Map<string, string>();
  #next = 1;

  readonly ask: Ask = async (name, request) => {
    await Promise.resolve();
    this.asked.push(name);
    const { producer_id, consumer_id } = request as { producer_id?: string; consumer_id?: string };
    if (name === 'close_consumer') {
      for (const [of, id] of this.consumers) if (id === consumer_id) this.consumers.delete(of);
      return {};
    }
    if (!this.consumers.has(producer_id ?? '')) this.consumers.set(producer_id ?? '', `c${this.#next++}`);
    const id = this.consumers.get(producer_id ?? '');
    return { consumer_id: id, kind: 'video', rtp_parameters: {} } as never;
  };
}

let server: Server;
let used: string[];
let open: Set<string>;
let tracks: Store<readonly RemoteTrack[]>;
let subscriber: Subscriber;

/** Until all that was begun is done. */
const settle = () => new Promise(resolve => setTimeout(resolve, 5));
const shown = () => tracks.get().map(({ consumerId }) => consumerId);

beforeEach(() => {
  server = new Server();
  [used, open] = [[], new Set()];
  tracks = new Store<readonly RemoteTrack[]>([]);
  const transport = {
    id: 't',
    consume: async ({ id = '' }: types.ConsumerOptions) => {
      // As mediasoup-client does: a closed one leaves its mark in the session description.
      if (used.includes(id)) throw new Error(`Duplicate ${id}`);
      used.push(id);
      open.add(id);
      await Promise.resolve();
      return { id, track: {}, close: () => open.delete(id) };
    },
  } as unknown as types.Transport;
  subscriber = new Subscriber(transport, {}, server.ask, tracks);
});

describe('what others send', () => {
  it('is received once, and let go of when it ends', async () => {
    subscriber.subscribe([producer('p1', 'bob')]);
    subscriber.subscribe([producer('p1', 'bob'), producer('p2', 'bob')]);
    await settle();
    expect(shown()).toEqual(['c1', 'c2']);
    subscriber.subscribe([producer('p2', 'bob')]);
    expect(shown()).toEqual(['c2']);
    expect([...open]).toEqual(['c2']);
    expect(server.asked).toEqual(['consume', 'consume']);
  });

  it('is received anew when it comes back, as from another breakout room', async () => {
    subscriber.subscribe([producer('p1', 'bob')]);
    await settle();
    subscriber.subscribe([]);
    subscriber.subscribe([producer('p1', 'bob')]);
    await settle();
    expect(shown()).toEqual(['c2']);
    expect(server.asked).toEqual(['consume', 'close_consumer', 'consume']);
  });

  it('that goes and comes back while it is being asked for is received once', async () => {
    for (let round = 0; round < 4; round++) {
      subscriber.subscribe([producer('p1', 'bob')]);
      await Promise.resolve();
      subscriber.subscribe([]);
    }
    subscriber.subscribe([producer('p1', 'bob')]);
    await settle();
    expect(shown()).toHaveLength(1);
    expect([...open]).toEqual(shown());
  });

  it('is nothing any more once closed', async () => {
    subscriber.subscribe([producer('p1', 'bob')]);
    subscriber.close();
    await settle();
    expect(shown()).toEqual([]);
    expect(server.asked).toEqual([]);
  });
});
