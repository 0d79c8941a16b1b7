import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RecordedTrack } from '#libs/domain';
import type { types } from 'mediasoup';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientTransport } from './client-transports.js';
import { startMedia, type TestMedia } from './media-for-tests.js';
import type { MeetingMedia } from './meeting-media.js';
import { opus, vp8 } from './rtp-for-tests.js';
import { RtpPeers } from './rtp-peers-for-tests.js';

const meetingId = 'meeting-1';
const device = (participantId: string) => ({
  meetingId,
  participantId,
  connectionId: `${participantId}-laptop`,
});
const refused = { code: 'PRODUCER_NOT_FOUND' };

describe('breakout rooms on a real mediasoup worker', () => {
  let media: TestMedia;
  let meeting: MeetingMedia;
  let rtpCapabilities: types.RtpCapabilities;
  let direct: types.DirectTransport;
  let peers: RtpPeers;
  let moves: number;

  beforeEach(async () => {
    media = await startMedia();
    ({ rtpCapabilities } = await media.ask('router.open', { meetingId }));
    meeting = (await media.meetings.find(meetingId))!;
    direct = await meeting.router.createDirectTransport();
    peers = new RtpPeers();
    moves = 0;
  });
  afterEach(async () => {
    peers.stop();
    await media.close();
    expect(media.errors).toEqual([]);
  });

  /** From now on people are in these rooms. */
  const rooms = (roomOf: Record<string, string>) => ({ moves: ++moves, roomOf });
  const move = (roomOf: Record<string, string>) =>
    media.ask('rooms.apply', { meetingId, rooms: rooms(roomOf) });
  const recv = async (participantId: string) =>
    (await media.ask('transport.create', { ...device(participantId), direction: 'recv' })).transportId;
  const consume = (participantId: string, transportId: string, producer: types.Producer, more = {}) =>
    media.ask('consumer.create', {
      ...device(participantId),
      transportId,
      producerId: producer.id,
      rtpCapabilities,
      ...more,
    });

  describe('what is received', () => {
    /** A participant who receives packets here in place of a browser, by the same road as one. */
    const receiver = async (participantId: string) => {
      const transport = await meeting.router.createDirectTransport();
      const of = device(participantId);
      const on = { ...of, transport, direction: 'recv' } as unknown as ClientTransport;
      const packets = new Map<string, number>();
      const listen = async (producer: types.Producer): Promise<types.Consumer> => {
        const owned = meeting.producers.find(producer.id)!;
        const consumer = await meeting.consumers.create(on, owned, rtpCapabilities);
        consumer.on('rtp', () => packets.set(producer.id, (packets.get(producer.id) ?? 0) + 1));
        await meeting.consumers.resume(of, consumer.id);
        return consumer;
      };
      const count = ({ id }: types.Producer): number => packets.get(id) ?? 0;
      /** Until as many more packets of this track have come. */
      const hear = async (producer: types.Producer, more = 20): Promise<void> => {
        const from = count(producer);
        while (count(producer) < from + more) await sleep(10);
      };
      return { listen, hear, count };
    };

    test('packets from another room do not arrive, and arrive again after returning; the consumer is gone', async () => {
      const ann = await peers.send(meeting, direct, 'ann', opus('0'));
      const carl = await peers.send(meeting, direct, 'carl', opus('0'));
      const bob = await receiver('bob');
      const [fromAnn] = [await bob.listen(ann), await bob.listen(carl)];
      await bob.hear(ann);
      await move({ ann: 'red' });
      expect(fromAnn.closed).toBe(true);
      // What was on its way has come once later packets of another track have.
      await bob.hear(carl);
      const heard = bob.count(ann);
      await bob.hear(carl);
      expect(bob.count(ann)).toBe(heard);
      await expect(bob.listen(ann)).rejects.toMatchObject(refused);
      await move({});
      await bob.listen(ann);
      await bob.hear(ann);
    });

    test('those in one room see and hear each other, and nobody else', async () => {
      await move({ ann: 'red', bob: 'red', carl: 'blue' });
      const ann = await peers.send(meeting, direct, 'ann', vp8('0'));
      const carl = await peers.send(meeting, direct, 'carl', vp8('0'));
      const dora = await peers.send(meeting, direct, 'dora', vp8('0'));
      const bob = await receiver('bob');
      await bob.listen(ann);
      await bob.hear(ann);
      for (const other of [carl, dora]) await expect(bob.listen(other)).rejects.toMatchObject(refused);
    });
  });

  test('nobody can ask for what is sent in another room, by whichever message', async () => {
    const ann = await peers.send(meeting, direct, 'ann', opus('0'));
    const transportId = await recv('bob');
    const { consumerId } = await consume('bob', transportId, ann);
    await move({ bob: 'red' });
    await expect(media.ask('consumer.resume', { ...device('bob'), consumerId })).rejects.toMatchObject({
      code: 'CONSUMER_NOT_FOUND',
    });
    await expect(consume('bob', transportId, ann)).rejects.toMatchObject(refused);
    await move({ bob: 'red', ann: 'red' });
    expect((await consume('bob', transportId, ann)).consumerId).not.toBe(consumerId);
  });

  test('whoever asks again after a move gets a new consumer, also where the two were never apart for this worker', async () => {
    const ann = await peers.send(meeting, direct, 'ann', opus('0'));
    const transportId = await recv('bob');
    const { consumerId } = await consume('bob', transportId, ann);
    expect((await consume('bob', transportId, ann)).consumerId).toBe(consumerId);
    await move({ ann: 'red', bob: 'red' });
    await media.ask('consumer.resume', { ...device('bob'), consumerId });
    const again = await consume('bob', transportId, ann);
    expect(again.consumerId).not.toBe(consumerId);
    await expect(media.ask('consumer.resume', { ...device('bob'), consumerId })).rejects.toMatchObject({
      code: 'CONSUMER_NOT_FOUND',
    });
    expect((await consume('bob', transportId, ann)).consumerId).toBe(again.consumerId);
  });

  test('of two words the one with more moves counts, in whichever order they come', async () => {
    const ann = await peers.send(meeting, direct, 'ann', opus('0'));
    const transportId = await recv('bob');
    const [older, newer] = [rooms({}), rooms({ ann: 'red' })];
    await media.ask('rooms.apply', { meetingId, rooms: newer });
    await media.ask('rooms.apply', { meetingId, rooms: older });
    await media.ask('router.open', { meetingId, rooms: older });
    await expect(consume('bob', transportId, ann, { rooms: older })).rejects.toMatchObject(refused);
  });

  test('a word that comes before the router is kept for it', async () => {
    await media.ask('router.close', { meetingId });
    const [older, newer] = [rooms({}), rooms({ ann: 'red' })];
    await media.ask('rooms.apply', { meetingId, rooms: newer });
    await media.ask('router.open', { meetingId, rooms: older });
    meeting = (await media.meetings.find(meetingId))!;
    direct = await meeting.router.createDirectTransport();
    const ann = await peers.send(meeting, direct, 'ann', opus('0'));
    await expect(consume('bob', await recv('bob'), ann)).rejects.toMatchObject(refused);
  });

  test('a request that lets media flow brings the rooms along', async () => {
    const ann = await peers.send(meeting, direct, 'ann', opus('0'));
    const transportId = await recv('bob');
    await expect(consume('bob', transportId, ann, { rooms: rooms({ ann: 'red' }) })).rejects.toMatchObject(
      refused,
    );
    await consume('bob', transportId, ann, { rooms: rooms({ ann: 'red', bob: 'red' }) });
  });

  test('those who part while a consumer is made have none', async () => {
    const ann = await peers.send(meeting, direct, 'ann', opus('0'));
    const transportId = await recv('bob');
    const asked = consume('bob', transportId, ann);
    // Until mediasoup is asked for it, before it has answered.
    await new Promise(setImmediate);
    await move({ ann: 'red' });
    await asked.then(
      ({ consumerId }) =>
        expect(media.ask('consumer.resume', { ...device('bob'), consumerId })).rejects.toMatchObject({
          code: 'CONSUMER_NOT_FOUND',
        }),
      error => expect(error).toMatchObject(refused),
    );
    expect((await meeting.router.dump()).mapConsumerIdProducerId).toEqual([]);
  });

  describe('recordings', () => {
    const recordingId = 'recording-1';
    type Recorder = Awaited<ReturnType<RtpPeers['recorder']>>;
    const connect = ({ ip, port }: Recorder, attempt = 1, more = {}) =>
      media.ask('recording.connect', { meetingId, recordingId, attempt, ip, port, ...more });
    const trackOf = async ({ id }: types.Producer, attempt = 1): Promise<RecordedTrack> => {
      for (;;) {
        for (const fact of media.facts) {
          if (fact.type === 'RecordingTrackOpened' && fact.track.trackId === `${attempt}-${id}`)
            return fact.track;
        }
        await sleep(5);
      }
    };
    const counting = (to: Recorder) => {
      const count = (ssrc: number): number => to.received.filter(packet => packet.ssrc === ssrc).length;
      const more = async (ssrc: number): Promise<void> => {
        const from = count(ssrc);
        while (count(ssrc) < from + 20) await sleep(10);
      };
      return { count, more };
    };

    test('a track has a gap while its participant is in a breakout room, and goes on afterwards', async () => {
      const to = await peers.recorder();
      const { count, more } = counting(to);
      const [ann, carl] = [
        await peers.send(meeting, direct, 'ann', vp8('0')),
        await peers.send(meeting, direct, 'carl', opus('0')),
      ];
      await connect(to);
      const [{ ssrc }, { ssrc: others }] = [await trackOf(ann), await trackOf(carl)];
      await to.arrived(ssrc);
      await move({ ann: 'red' });
      await more(others);
      const before = count(ssrc);
      await more(others);
      expect(count(ssrc)).toBe(before);
      await move({});
      await more(ssrc);
    });

    test('what begins in a breakout room is not recorded before its participant is back', async () => {
      const to = await peers.recorder();
      const { count, more } = counting(to);
      const carl = await peers.send(meeting, direct, 'carl', opus('0'));
      await connect(to);
      await move({ ann: 'red' });
      const ann = await peers.send(meeting, direct, 'ann', opus('0'));
      const [{ ssrc }, { ssrc: others }] = [await trackOf(ann), await trackOf(carl)];
      await more(others);
      expect(count(ssrc)).toBe(0);
      await move({});
      await more(ssrc);
    });

    test('neither is it by a recording that begins meanwhile, or by a new attempt', async () => {
      const [first, second] = [await peers.recorder(), await peers.recorder()];
      const ann = await peers.send(meeting, direct, 'ann', opus('0'));
      const carl = await peers.send(meeting, direct, 'carl', opus('0'));
      await connect(first, 1, { rooms: rooms({ ann: 'red' }) });
      await connect(second, 2);
      await counting(second).more((await trackOf(carl, 2)).ssrc);
      expect(counting(first).count((await trackOf(ann, 1)).ssrc)).toBe(0);
      expect(counting(second).count((await trackOf(ann, 2)).ssrc)).toBe(0);
    });
  });
});
