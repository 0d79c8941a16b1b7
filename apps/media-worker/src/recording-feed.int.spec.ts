import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RecordedTrack } from '#libs/domain';
import type { types } from 'mediasoup';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MeetingMedia } from './meeting-media.js';
import { startMedia, type TestMedia } from './media-for-tests.js';
import { opus, vp8 } from './rtp-for-tests.js';
import { RtpPeers } from './rtp-peers-for-tests.js';

const meetingId = 'meeting-1';
const recordingId = 'recording-1';
/** The first byte of a VP8 payload descriptor (S, partition 0) and of a frame that builds on others (RFC 7741). */
const VP8_INTER_FRAME = Buffer.from([0x10, 0x01, 0x00, 0x00, 1, 2, 3]);

describe('the recording feed', () => {
  let media: TestMedia;
  let meeting: MeetingMedia;
  let direct: types.DirectTransport;
  /** Made by the feeds. */
  let consumers: types.Consumer[];
  let peers: RtpPeers;

  /** A participant’s track, whose packets come from this test in place of a browser. */
  const track = (participantId: string, sent: types.RtpParameters, payload?: Buffer) =>
    peers.send(meeting, direct, participantId, sent, payload);
  const recorder = () => peers.recorder();

  const connect = (to: { ip: string; port: number }, attempt = 1) =>
    media.ask('recording.connect', { meetingId, recordingId, attempt, ip: to.ip, port: to.port });
  const tracks = (): RecordedTrack[] =>
    media.facts.flatMap(fact => (fact.type === 'RecordingTrackOpened' ? [fact.track] : []));
  const trackOf = async (producer: types.Producer, attempt = 1): Promise<RecordedTrack> => {
    for (;;) {
      const found = tracks().find(one => one.trackId === `${attempt}-${producer.id}`);
      if (found) return found;
      await sleep(5);
    }
  };

  beforeEach(async () => {
    media = await startMedia();
    peers = new RtpPeers();
    await media.ask('router.open', { meetingId });
    meeting = (await media.meetings.find(meetingId))!;
    consumers = [];
    meeting.router.observer.on('newtransport', transport =>
      transport.observer.on('newconsumer', consumer => consumers.push(consumer)),
    );
    direct = await meeting.router.createDirectTransport();
  });
  afterEach(async () => {
    peers.stop();
    await media.close();
    expect(media.errors).toEqual([]);
  });

  test('tracks that are there and tracks that come later arrive as plain RTP under their announced SSRC', async () => {
    const to = await recorder();
    const before = await track('ann', opus('0'));
    await connect(to);
    const later = await track('bob', vp8('0'));
    const [audio, video] = [await trackOf(before), await trackOf(later)];
    await Promise.all([to.arrived(audio.ssrc), to.arrived(video.ssrc)]);
    const kinds = new Map(to.received.map(packet => [packet.ssrc, packet.payloadType]));
    expect(kinds).toEqual(
      new Map([
        [audio.ssrc, audio.payloadType],
        [video.ssrc, video.payloadType],
      ]),
    );
  });

  test('each track is announced by one fact that says what the recorder must know', async () => {
    await connect(await recorder());
    const producer = await track('ann', opus('0'));
    const announced = await trackOf(producer);
    expect(media.facts).toEqual([
      {
        factId: `track-opened-${recordingId}-1-${producer.id}`,
        type: 'RecordingTrackOpened',
        meetingId,
        recordingId,
        track: {
          trackId: `1-${producer.id}`,
          attempt: 1,
          participantId: 'ann',
          producerId: producer.id,
          kind: 'audio',
          source: 'microphone',
          mimeType: 'audio/opus',
          clockRate: 48_000,
          channels: 2,
          ssrc: announced.ssrc,
          payloadType: announced.payloadType,
        },
      },
    ]);
  });

  test('neither retransmission nor congestion feedback is negotiated, and the highest layers are asked for', async () => {
    await connect(await recorder());
    await trackOf(await track('ann', vp8('0', 3)));
    const [consumer] = consumers;
    const feedback = consumer!.rtpParameters.codecs.flatMap(codec =>
      codec.rtcpFeedback!.map(({ type }) => type),
    );
    expect(consumer!.rtpParameters.codecs.map(codec => codec.mimeType)).toEqual(['video/VP8']);
    expect(feedback).not.toContain('transport-cc');
    expect(feedback).not.toContain('goog-remb');
    expect(consumer!.rtpParameters.headerExtensions).toEqual([]);
    expect(consumer!.rtpParameters.encodings![0]!.rtx).toBeUndefined();
    expect(consumer!.preferredLayers!.spatialLayer).toBe(2);
  });

  test('asking again with the same or a lower attempt changes nothing', async () => {
    const to = await recorder();
    const producer = await track('ann', opus('0'));
    await connect(to, 2);
    await to.arrived((await trackOf(producer, 2)).ssrc);
    await connect(to, 2);
    await connect(await recorder(), 1);
    expect(tracks()).toHaveLength(1);
    expect(consumers.map(consumer => consumer.closed)).toEqual([false]);
  });

  test('a higher attempt moves all tracks to the new recorder under new ids, and nothing goes to the old one', async () => {
    const [old, next] = [await recorder(), await recorder()];
    const producer = await track('ann', opus('0'));
    await connect(old, 1);
    const first = await trackOf(producer, 1);
    await old.arrived(first.ssrc);
    await connect(next, 2);
    const second = await trackOf(producer, 2);
    expect(second).toMatchObject({ trackId: `2-${producer.id}`, attempt: 2 });
    await next.arrived(second.ssrc);
    const atOld = old.received.length;
    const atNext = next.received.length;
    while (next.received.length < atNext + 20) await sleep(10);
    expect(old.received.length).toBe(atOld);
    expect(next.received.every(packet => packet.ssrc === second.ssrc)).toBe(true);
  });

  test('a paused producer is not recorded until it resumes', async () => {
    const to = await recorder();
    const muted = await track('ann', opus('0'));
    const speaking = await track('bob', opus('0'));
    await connect(to);
    const { ssrc } = await trackOf(muted);
    await to.arrived(ssrc);
    await media.ask('producer.pause', { meetingId, participantId: 'ann', producerId: muted.id });
    const others = (await trackOf(speaking)).ssrc;
    // Everything sent before the pause has arrived once twenty later packets of another track have.
    const count = (of: number): number => to.received.filter(packet => packet.ssrc === of).length;
    const settle = async (): Promise<void> => {
      const from = count(others);
      while (count(others) < from + 20) await sleep(10);
    };
    await settle();
    const atPause = count(ssrc);
    await settle();
    expect(count(ssrc)).toBe(atPause);
    await media.ask('producer.resume', { meetingId, participantId: 'ann', producerId: muted.id });
    while (count(ssrc) === atPause) await sleep(10);
  });

  test('a key frame is asked for when a video track opens, and when the recorder needs one', async () => {
    let asked = 0;
    // Picture loss indication (RFC 4585, section 6.3.1): payload-specific feedback (206) of format 1.
    direct.on('rtcp', packet => {
      if (packet.readUInt8(1) === 206 && (packet.readUInt8(0) & 0x1f) === 1) asked++;
    });
    await connect(await recorder());
    const { trackId } = await trackOf(await track('ann', vp8('0'), VP8_INTER_FRAME));
    while (asked < 1) await sleep(10);
    // mediasoup waits a second for the key frame before it passes the next request on.
    while (asked < 2) {
      await media.ask('recording.keyFrame', { meetingId, recordingId, trackId });
      await sleep(100);
    }
    await media.ask('recording.keyFrame', { meetingId, recordingId, trackId: 'unknown' });
  });

  test('a closed recording gets nothing more, also of tracks that come later; closing again is harmless', async () => {
    const to = await recorder();
    const producer = await track('ann', opus('0'));
    await connect(to);
    await to.arrived((await trackOf(producer)).ssrc);
    for (let n = 0; n < 2; n++) await media.ask('recording.close', { meetingId, recordingId });
    const later = await track('bob', opus('0'));
    expect(consumers.map(consumer => consumer.closed)).toEqual([true]);
    expect(tracks().some(one => one.producerId === later.id)).toBe(false);
  });

  test('a meeting whose router is gone is recorded from its first producer on', async () => {
    await media.ask('router.close', { meetingId });
    await connect(await recorder());
    meeting = (await media.meetings.find(meetingId))!;
    direct = await meeting.router.createDirectTransport();
    await trackOf(await track('ann', opus('0')));
  });

  test('two recorders’ worth of requests at once make one feed', async () => {
    const to = await recorder();
    await track('ann', opus('0'));
    await Promise.all([connect(to), connect(to), connect(to)]);
    expect(consumers).toHaveLength(1);
  });

  test('an address that cannot be sent to is refused', async () => {
    await expect(connect({ ip: 'nowhere', port: 1 })).rejects.toMatchObject({ code: 'MEDIA_FAILED' });
    expect((await meeting.router.dump()).transportIds).toEqual([direct.id]);
  });
});
