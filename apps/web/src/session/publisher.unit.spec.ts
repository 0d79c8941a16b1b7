import { beforeEach, describe, expect, it } from '@jest/globals';
import type { types } from 'mediasoup-client';
import type { Ask } from './protocol.js';
import { Publisher } from './publisher.js';

const track = { readyState: 'live', getSettings: () => ({}) } as unknown as MediaStreamTrack;
let produced: string[];
let closed: string[];
let publisher: Publisher;

beforeEach(() => {
  [produced, closed] = [[], []];
  const transport = {
    produce: async ({ appData }: types.ProducerOptions) => {
      const id = `${String(appData?.['source'])}-${produced.length + 1}`;
      produced.push(id);
      return { id, track, close: () => closed.push(id), replaceTrack: async () => undefined };
    },
  } as unknown as types.Transport;
  const ask: Ask = async () => ({});
  publisher = new Publisher(transport, ask, source => {
    throw new Error(source);
  });
});

describe('a producer that the server closed', () => {
  it('is published anew when it may be sent again', async () => {
    await publisher.publish({ microphone: track });
    await publisher.publish({});
    await publisher.lost('microphone-1');
    expect([produced, closed]).toEqual([['microphone-1'], ['microphone-1']]);
    await publisher.publish({ microphone: track });
    expect(produced).toEqual(['microphone-1', 'microphone-2']);
  });

  it('is published anew at once where it is wanted still; one of which nothing is known changes nothing', async () => {
    await publisher.publish({ microphone: track });
    await publisher.lost('another');
    expect(produced).toEqual(['microphone-1']);
    await publisher.lost('microphone-1');
    expect(produced).toEqual(['microphone-1', 'microphone-2']);
  });
});
