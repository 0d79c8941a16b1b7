import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { types } from 'mediasoup';
import { LIMITS } from './limits.js';
import { startMedia, type TestMedia } from './media-for-tests.js';
import { dtls, opus, vp8 } from './rtp-for-tests.js';

const meetingId = 'meeting-1';
const ann = { meetingId, participantId: 'ann', connectionId: 'ann-laptop' };
const annPhone = { ...ann, connectionId: 'ann-phone' };
const bob = { meetingId, participantId: 'bob', connectionId: 'bob-laptop' };

describe('the media operations on a real mediasoup worker', () => {
  let media: TestMedia;
  let rtpCapabilities: types.RtpCapabilities;

  const send = async (device = ann) =>
    (await media.ask('transport.create', { ...device, direction: 'send' })).transportId;
  const recv = async (device = bob) =>
    (await media.ask('transport.create', { ...device, direction: 'recv' })).transportId;
  const produce = async (transportId: string, rtpParameters = vp8('0'), device = ann) =>
    (
      await media.ask('producer.create', {
        ...device,
        transportId,
        kind: rtpParameters.codecs[0]!.mimeType.startsWith('audio') ? 'audio' : 'video',
        source: rtpParameters.codecs[0]!.mimeType.startsWith('audio') ? 'microphone' : 'camera',
        rtpParameters,
        paused: false,
      })
    ).producerId;
  const consume = (transportId: string, producerId: string, device = bob) =>
    media.ask('consumer.create', { ...device, transportId, producerId, rtpCapabilities });
  const routerDump = async () => (await media.meetings.find(meetingId))!.router.dump();

  beforeEach(async () => {
    media = await startMedia();
    ({ rtpCapabilities } = await media.ask('router.open', { meetingId }));
  });
  afterEach(async () => {
    await media.close();
    expect(media.errors).toEqual([]);
  });

  describe('router', () => {
    test('it offers Opus, VP8, H264 and VP9', () => {
      const offered = rtpCapabilities
        .codecs!.map(codec => codec.mimeType)
        .filter(type => !type.endsWith('rtx'));
      expect(offered).toEqual(['audio/opus', 'video/VP8', 'video/H264', 'video/VP9']);
    });

    test('opening twice, at once too, makes one router; closing twice is harmless', async () => {
      await Promise.all([
        media.ask('router.open', { meetingId: 'm2' }),
        media.ask('router.open', { meetingId: 'm2' }),
      ]);
      expect((await media.engine.worker.dump()).routerIds).toHaveLength(2);
      await media.ask('router.close', { meetingId: 'm2' });
      await media.ask('router.close', { meetingId: 'm2' });
      expect((await media.engine.worker.dump()).routerIds).toHaveLength(1);
      expect(media.meetings.size).toBe(1);
    });

    test('closing it closes all that runs on it', async () => {
      const producerId = await produce(await send());
      await media.ask('router.close', { meetingId });
      expect(media.facts).toMatchObject([{ type: 'ProducerClosed', producerId }]);
      await expect(send()).rejects.toMatchObject({ code: 'MEDIA_UNAVAILABLE' });
    });
  });

  describe('transports', () => {
    test('a transport offers UDP and TCP on the server’s port', async () => {
      const offered = await media.ask('transport.create', { ...ann, direction: 'send' });
      const { udpSockets, tcpServers } = await media.engine.webRtcServer.dump();
      expect(offered.iceCandidates.map(({ protocol, port }) => [protocol, port])).toEqual([
        ['udp', udpSockets[0]!.port],
        ['tcp', tcpServers[0]!.port],
      ]);
      expect(offered.dtlsParameters.fingerprints.length).toBeGreaterThan(0);
    });

    test('connecting twice with the same parameters is harmless, with others it is refused', async () => {
      const transportId = await send();
      await media.ask('transport.connect', { ...ann, transportId, dtlsParameters: dtls() });
      await media.ask('transport.connect', { ...ann, transportId, dtlsParameters: dtls() });
      await expect(
        media.ask('transport.connect', { ...ann, transportId, dtlsParameters: dtls('CD') }),
      ).rejects.toMatchObject({ code: 'MEDIA_FAILED' });
    });

    test('broken DTLS parameters are refused with a reason, and good ones may follow', async () => {
      const transportId = await send();
      const broken = {
        fingerprints: [{ algorithm: 'nonsense', value: 'AB' }],
      } as unknown as types.DtlsParameters;
      await expect(
        media.ask('transport.connect', { ...ann, transportId, dtlsParameters: broken }),
      ).rejects.toMatchObject({ code: 'MEDIA_FAILED', details: { reason: expect.any(String) } });
      await media.ask('transport.connect', { ...ann, transportId, dtlsParameters: dtls() });
    });

    test('restarting ICE gives new credentials', async () => {
      const { transportId, iceParameters } = await media.ask('transport.create', {
        ...ann,
        direction: 'send',
      });
      const restarted = await media.ask('transport.restartIce', { ...ann, transportId });
      expect(restarted.iceParameters.password).not.toBe(iceParameters.password);
    });

    test.each([
      ['another participant', bob],
      ['another device of the same participant', annPhone],
    ])('%s may not touch a transport', async (_, stranger) => {
      const transportId = await send();
      const refused = { code: 'TRANSPORT_NOT_FOUND' };
      await expect(
        media.ask('transport.connect', { ...stranger, transportId, dtlsParameters: dtls() }),
      ).rejects.toMatchObject(refused);
      await expect(media.ask('transport.restartIce', { ...stranger, transportId })).rejects.toMatchObject(
        refused,
      );
      await expect(produce(transportId, vp8('0'), stranger)).rejects.toMatchObject(refused);
    });

    test('a transport of another meeting is not found', async () => {
      await media.ask('router.open', { meetingId: 'm2' });
      const transportId = await send();
      await expect(produce(transportId, vp8('0'), { ...ann, meetingId: 'm2' })).rejects.toMatchObject({
        code: 'TRANSPORT_NOT_FOUND',
      });
    });

    test('a connection that holds its limit loses what it never connected, and is refused when all are in use', async () => {
      const ids: string[] = [];
      for (let n = 0; n < LIMITS.transportsPerConnection; n++) ids.push(await send());
      ids.push(await send());
      await expect(media.ask('transport.restartIce', { ...ann, transportId: ids[0]! })).rejects.toMatchObject(
        {
          code: 'TRANSPORT_NOT_FOUND',
        },
      );
      for (const transportId of ids.slice(1)) {
        await media.ask('transport.connect', { ...ann, transportId, dtlsParameters: dtls() });
      }
      await expect(send()).rejects.toMatchObject({ code: 'MEDIA_FAILED' });
      await send(annPhone);
    });
  });

  describe('producers', () => {
    test('producing again with the same parameters on the same transport gives the same producer', async () => {
      const transportId = await send();
      const parameters = vp8('0');
      const producerId = await produce(transportId, parameters);
      expect(await produce(transportId, JSON.parse(JSON.stringify(parameters)) as types.RtpParameters)).toBe(
        producerId,
      );
      expect(await produce(transportId, vp8('1'))).not.toBe(producerId);
    });

    test.each([
      ['no codec', { ...vp8('0'), codecs: [] }],
      [
        'a codec that nobody knows',
        { ...vp8('0'), codecs: [{ mimeType: 'video/none', payloadType: 96, clockRate: 90_000 }] },
      ],
      ['a codec of the wrong shape', { ...vp8('0'), codecs: [{ mimeType: 'video/VP8' }] }],
    ])('rtpParameters with %s are refused with a reason', async (_, rtpParameters) => {
      const transportId = await send();
      await expect(
        media.ask('producer.create', {
          ...ann,
          transportId,
          kind: 'video',
          source: 'camera',
          rtpParameters: rtpParameters as types.RtpParameters,
          paused: false,
        }),
      ).rejects.toMatchObject({ code: 'MEDIA_FAILED', details: { reason: expect.any(String) } });
      await produce(transportId);
    });

    test('nobody produces on a transport for receiving', async () => {
      await expect(produce(await recv(ann))).rejects.toMatchObject({ code: 'MEDIA_FAILED' });
    });

    test('a participant has no more producers than the limit, over all devices', async () => {
      const [laptop, phone] = [await send(), await send(annPhone)];
      for (let n = 0; n < LIMITS.producersPerParticipant; n++) {
        await (n % 2 ? produce(laptop, vp8(`${n}`)) : produce(phone, vp8(`${n}`), annPhone));
      }
      await expect(produce(laptop, vp8('too-many'))).rejects.toMatchObject({ code: 'MEDIA_FAILED' });
      await produce(await send(bob), vp8('0'), bob);
    });

    test('a producer pauses and resumes by its participant only, as often as asked', async () => {
      const producerId = await produce(await send());
      const consumer = await consume(await recv(), producerId);
      expect(consumer.producerPaused).toBe(false);
      for (let n = 0; n < 2; n++)
        await media.ask('producer.pause', { meetingId, participantId: 'ann', producerId });
      expect((await consume(await recv(), producerId)).producerPaused).toBe(true);
      for (let n = 0; n < 2; n++)
        await media.ask('producer.resume', { meetingId, participantId: 'ann', producerId });
      const other = { meetingId, participantId: 'bob', producerId };
      await expect(media.ask('producer.pause', other)).rejects.toMatchObject({ code: 'PRODUCER_NOT_FOUND' });
      await expect(media.ask('producer.resume', other)).rejects.toMatchObject({ code: 'PRODUCER_NOT_FOUND' });
    });

    test('closing is told as one fact, is harmless when repeated, and does nothing to another’s producer', async () => {
      const producerId = await produce(await send());
      await media.ask('producer.close', { meetingId, participantId: 'bob', producerId });
      expect(media.facts).toEqual([]);
      for (let n = 0; n < 2; n++)
        await media.ask('producer.close', { meetingId, participantId: 'ann', producerId });
      expect(media.facts).toEqual([
        {
          factId: `producer-closed-${producerId}`,
          type: 'ProducerClosed',
          meetingId,
          participantId: 'ann',
          producerId,
        },
      ]);
    });
  });

  describe('consumers', () => {
    test('a consumer starts paused and tells what the client needs', async () => {
      const producerId = await produce(await send(), vp8('0', 3));
      const consumer = await consume(await recv(), producerId);
      expect(consumer).toMatchObject({ producerId, kind: 'video', type: 'simulcast', producerPaused: false });
      expect(consumer.rtpParameters.codecs[0]!.mimeType).toBe('video/VP8');
      const { mapConsumerIdProducerId } = await routerDump();
      expect(mapConsumerIdProducerId).toEqual([{ key: consumer.consumerId, value: producerId }]);
    });

    test('consuming again on the same transport gives the same consumer', async () => {
      const producerId = await produce(await send(), opus('0'));
      const transportId = await recv();
      const first = await consume(transportId, producerId);
      expect(await consume(transportId, producerId)).toEqual(first);
      await media.ask('consumer.close', { ...bob, consumerId: first.consumerId });
      expect((await consume(transportId, producerId)).consumerId).not.toBe(first.consumerId);
    });

    test('it resumes, pauses and changes layers, and does so again when asked again', async () => {
      const { consumerId } = await consume(await recv(), await produce(await send(), vp8('0', 3)));
      for (let n = 0; n < 2; n++) {
        await media.ask('consumer.resume', { ...bob, consumerId });
        await media.ask('consumer.layers', { ...bob, consumerId, spatialLayer: 0, temporalLayer: 1 });
        await media.ask('consumer.pause', { ...bob, consumerId });
      }
    });

    test.each([
      ['another participant', ann],
      ['another device of the same participant', { ...bob, connectionId: 'bob-phone' }],
    ])('%s may not touch a consumer', async (_, stranger) => {
      const { consumerId } = await consume(await recv(), await produce(await send()));
      const refused = { code: 'CONSUMER_NOT_FOUND' };
      await expect(media.ask('consumer.resume', { ...stranger, consumerId })).rejects.toMatchObject(refused);
      await expect(media.ask('consumer.pause', { ...stranger, consumerId })).rejects.toMatchObject(refused);
      await expect(
        media.ask('consumer.layers', { ...stranger, consumerId, spatialLayer: 0 }),
      ).rejects.toMatchObject(refused);
      await media.ask('consumer.close', { ...stranger, consumerId });
      await media.ask('consumer.resume', { ...bob, consumerId });
    });

    test('what is not there cannot be consumed, nor by a client without the codec, nor on a transport for sending', async () => {
      const producerId = await produce(await send());
      const transportId = await recv();
      await expect(consume(transportId, 'unknown')).rejects.toMatchObject({ code: 'PRODUCER_NOT_FOUND' });
      const audioOnly = { codecs: rtpCapabilities.codecs!.filter(codec => codec.kind === 'audio') };
      await expect(
        media.ask('consumer.create', { ...bob, transportId, producerId, rtpCapabilities: audioOnly }),
      ).rejects.toMatchObject({ code: 'MEDIA_FAILED' });
      const nonsense = { codecs: [{ kind: 'video' }] } as types.RtpCapabilities;
      await expect(
        media.ask('consumer.create', { ...bob, transportId, producerId, rtpCapabilities: nonsense }),
      ).rejects.toMatchObject({ code: 'MEDIA_FAILED' });
      await expect(consume(await send(bob), producerId)).rejects.toMatchObject({ code: 'MEDIA_FAILED' });
    });

    test('a consumer ends with its producer', async () => {
      const producerId = await produce(await send());
      const { consumerId } = await consume(await recv(), producerId);
      await media.ask('producer.close', { meetingId, participantId: 'ann', producerId });
      await expect(media.ask('consumer.resume', { ...bob, consumerId })).rejects.toMatchObject({
        code: 'CONSUMER_NOT_FOUND',
      });
    });
  });

  describe('leaving', () => {
    test('a device that leaves takes its own transports, producers and consumers with it, and no others', async () => {
      const fromLaptop = await produce(await send(), vp8('0'));
      const fromPhone = await produce(await send(annPhone), vp8('0'), annPhone);
      for (let n = 0; n < 2; n++) await media.ask('connection.close', ann);
      expect(media.facts).toMatchObject([{ factId: `producer-closed-${fromLaptop}` }]);
      await media.ask('producer.pause', { meetingId, participantId: 'ann', producerId: fromPhone });
      expect((await routerDump()).transportIds).toHaveLength(1);
    });

    test('a participant who leaves takes all devices’ media along', async () => {
      const producers = [
        await produce(await send()),
        await produce(await send(annPhone), vp8('0'), annPhone),
      ];
      const bobs = await produce(await send(bob), vp8('0'), bob);
      for (let n = 0; n < 2; n++) await media.ask('participant.close', { meetingId, participantId: 'ann' });
      expect(media.facts.map(fact => fact.factId).sort()).toEqual(
        producers.map(id => `producer-closed-${id}`).sort(),
      );
      await media.ask('producer.pause', { meetingId, participantId: 'bob', producerId: bobs });
    });

    test('a transport asked for just before leaving is closed too', async () => {
      const [created] = await Promise.all([
        media.ask('transport.create', { ...ann, direction: 'send' }),
        media.ask('connection.close', ann),
      ]);
      expect(created.transportId).toBeTruthy();
      expect((await routerDump()).transportIds).toEqual([]);
    });

    test('closing what never was is harmless', async () => {
      const unknown = { meetingId: 'never', participantId: 'x', connectionId: 'y' };
      await media.ask('connection.close', unknown);
      await media.ask('participant.close', unknown);
      await media.ask('producer.close', { ...unknown, producerId: 'p' });
      await media.ask('consumer.close', { ...unknown, consumerId: 'c' });
      await media.ask('recording.close', { meetingId: 'never', recordingId: 'r' });
      await media.ask('recording.keyFrame', { meetingId: 'never', recordingId: 'r', trackId: 't' });
      expect(media.meetings.size).toBe(1);
    });
  });
});
