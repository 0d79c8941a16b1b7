import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RawSocketClient } from '../../../testing/raw-socket-client.js';
import { until } from '../../../testing/until.js';
import { MeetingSockets } from './meeting-sockets-for-tests.js';

describe('more than 1,000 messages a minute', () => {
  let sockets: MeetingSockets;
  beforeAll(async () => {
    sockets = await MeetingSockets.start();
  }, 60_000);
  afterAll(() => sockets.stop());

  it('are refused with one word per window for all sockets of the user, and closed where they do not stop', async () => {
    const id = await sockets.api.meeting('ada');
    const [one, other, grace] = [
      await sockets.open('ada', id),
      await sockets.open('ada', id),
      await sockets.open('grace', id),
    ];
    const flood = (client: RawSocketClient, messages: number): void => {
      for (let n = 0; n < messages; n += 1) client.send({ type: 'ping' });
    };
    // Two were used up by connecting.
    flood(one, 998);
    await until('as many answers', () => one.of('pong').length === 998);
    flood(one, 20);
    flood(other, 20);
    await Promise.all([one, other].map(client => client.next('a refusal', ({ type }) => type === 'error')));
    expect(one.of('error')[0]).toMatchObject({
      data: {
        code: 'RATE_LIMIT_EXCEEDED',
        details: { limit: 1000, window: 60, reset_at: expect.stringMatching(/Z$/) },
      },
    });
    expect(await grace.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
    expect(await sockets.refusal(id, sockets.as('ada'))).toMatchObject({
      status: 429,
      body: { code: 'RATE_LIMIT_EXCEEDED', details: { limit: 1000, window: 60 } },
    });
    flood(one, 1001);
    expect((await one.end()).code).toBe(1008);
    expect([one.of('error').length, one.of('pong').length, other.of('error').length]).toEqual([1, 998, 1]);
    expect(other.closed).toBeUndefined();
  }, 60_000);
});
