import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { readMeeting } from '#libs/event-log';
import type { RawPush } from '../../../testing/raw-socket-client.js';
import { BEGAN, timeOf } from '../../../testing/told-meeting.js';
import { count, end, indexes, Replays, say, seconds } from './replays-for-tests.js';

describe('a replay over a WebSocket', () => {
  let replays: Replays;
  beforeAll(async () => {
    replays = await Replays.start();
  }, 90_000);
  afterEach(() => replays.clear());
  afterAll(() => replays.stop());

  describe('time', () => {
    it('passes as it did, divided by the speed; a pause keeps its place; a gap is cut only where that is asked', async () => {
      const clock = replays.handClock();
      const client = await replays.open(await replays.told(say(10), say(10), say(3600), end(7200)));
      expect(await client.ask({ type: 'play' })).toMatchObject({
        type: 'playing',
        index: 0,
        speed: 1,
        maxGapMs: null,
        follow: false,
      });
      await clock.pass(0);
      await count(client, 1);
      await clock.pass(999);
      expect((await client.ask({ type: 'ping' })).offsetMs).toBe(999);
      expect(seconds(client)).toEqual([0]);
      await clock.pass(1);
      await count(client, 2);
      await clock.pass(9000);
      await count(client, 4);
      expect(seconds(client)).toEqual([0, 1, 10, 10]);
      await clock.pass(90_000);
      expect(await client.ask({ type: 'pause' })).toMatchObject({ type: 'paused', time: timeOf(100) });
      expect(await client.ask({ type: 'play', speed: 1000 })).toMatchObject({ offsetMs: 100_000 });
      await clock.pass(3500);
      await count(client, 5);
      expect(await client.ask({ type: 'play', maxGapMs: 2000 })).toMatchObject({
        speed: 1000,
        maxGapMs: 2000,
      });
      await clock.pass(2);
      await client.next('the end', ({ type }) => type === 'ended');
      expect(seconds(client)).toEqual([0, 1, 10, 10, 3600, 7200]);
    });

    it('a new speed is taken up at once', async () => {
      const clock = replays.handClock();
      const client = await replays.open(await replays.told(end(1001)));
      await client.ask({ type: 'play' });
      await clock.pass(1000);
      await count(client, 2);
      expect(await client.ask({ type: 'speed', speed: 500 })).toMatchObject({ type: 'playing', speed: 500 });
      await clock.pass(2000);
      await client.next('the end', ({ type }) => type === 'ended');
    });
  });

  describe('places', () => {
    let id: string;
    let positions: number[];
    beforeAll(async () => {
      id = await replays.told(say(10), say(20), end(30));
      positions = (await readMeeting(replays.log, id)).map(({ position }) => position);
    });
    const status = ({ state }: RawPush): string => (state as { meeting: { status: string } }).meeting.status;
    const messages = ({ state }: RawPush): number => (state as { chat: { count: number } }).chat.count;

    it('steps go forth by events and back by states, and stop at both ends', async () => {
      const client = await replays.open(id);
      expect(await client.ask({ type: 'step' })).toMatchObject({ type: 'paused', index: 1, time: timeOf(0) });
      await client.ask({ type: 'step', count: 2 });
      expect(seconds(client)).toEqual([0, 1, 10]);
      const back = await client.ask({ type: 'step', count: -1 });
      expect(back).toMatchObject({ type: 'state', index: 2, playing: false });
      expect([status(back), messages(back)]).toEqual(['active', 0]);
      expect(await client.ask({ type: 'step', count: 1000 })).toMatchObject({ type: 'ended', index: 5 });
      expect(indexes(client)).toEqual([0, 1, 2, 2, 3, 4]);
      const first = await client.ask({ type: 'step', count: -1000 });
      expect([first.index, status(first)]).toEqual([0, 'none']);
    });

    it.each<[string, () => object, number, number]>([
      ['an index', () => ({ index: 3 }), 3, 10_000],
      ['the first index', () => ({ index: 0 }), 0, 0],
      ['the index of the end', () => ({ index: 5 }), 5, 30_000],
      ['the time of an event', () => ({ time: timeOf(10) }), 3, 10_000],
      ['a time between two', () => ({ time: timeOf(15) }), 3, 15_000],
      ['a time in another zone', () => ({ time: '2026-01-15T12:00:15+02:00' }), 3, 15_000],
      ['a time before all', () => ({ time: timeOf(-1) }), 0, 0],
      ['a time after all', () => ({ time: timeOf(1000) }), 5, 30_000],
      ['an offset', () => ({ offsetMs: 10_500 }), 3, 10_500],
      ['no offset', () => ({ offsetMs: 0 }), 1, 0],
      ['a position', () => ({ position: positions[2] }), 3, 10_000],
      ['the position before all', () => ({ position: -1 }), 0, 0],
    ])('is sought by %s', async (_what, to, index, offsetMs) => {
      const client = await replays.open(id);
      const answer = await client.ask({ type: 'seek', to: to() });
      expect(answer).toMatchObject({
        type: 'state',
        index,
        offsetMs,
        time: new Date(BEGAN + offsetMs).toISOString(),
      });
      expect(messages(answer)).toBe([0, 0, 0, 1, 2, 2][index]);
      expect(client.of('event')).toEqual([]);
    });

    it('while it plays a seek goes on playing from there', async () => {
      const clock = replays.handClock();
      const client = await replays.open(id);
      await client.ask({ type: 'play' });
      await clock.pass(0);
      await count(client, 1);
      expect(await client.ask({ type: 'seek', to: { time: timeOf(18) } })).toMatchObject({ playing: true });
      await clock.pass(2000);
      await count(client, 2);
      await client.ask({ type: 'seek', to: { index: 0 } });
      await clock.pass(0);
      await count(client, 3);
      expect(indexes(client)).toEqual([0, 3, 0]);
    });
  });
});
