import type { types } from 'mediasoup';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MeetingMedia } from './meeting-media.js';
import { rtpPacket } from './rtp-for-tests.js';

/** The first byte of a VP8 payload descriptor (S, partition 0) and of a key frame (RFC 7741). */
const VP8_KEY_FRAME = Buffer.from([
  0x10, 0x00, 0x00, 0x00, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xf0, 0x00, 1, 2, 3,
]);

interface Received {
  ssrc: number;
  payloadType: number;
}

/** What stands at both ends of a media worker in tests: senders in place of browsers, and UDP ports in place of recorders. */
export class RtpPeers {
  readonly #sockets: Socket[] = [];
  readonly #senders: NodeJS.Timeout[] = [];
  #mid = 0;

  /** A recorder’s UDP port; keeps which RTP streams arrive there. */
  async recorder() {
    const socket = createSocket('udp4');
    this.#sockets.push(socket);
    const received: Received[] = [];
    socket.on('message', packet => {
      const payloadType = packet.readUInt8(1) & 0x7f;
      // RTCP shares the port (RFC 5761): its packet types 200 to 223 look like payload types 72 to 95.
      if (payloadType >= 72 && payloadType <= 95) return;
      received.push({ payloadType, ssrc: packet.readUInt32BE(8) });
    });
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const { port } = socket.address();
    const arrived = async (ssrc: number): Promise<void> => {
      while (!received.some(packet => packet.ssrc === ssrc)) await sleep(10);
    };
    return { received, arrived, ip: '127.0.0.1', port };
  }

  /** A participant’s track: a packet every 10 ms. */
  async send(
    meeting: MeetingMedia,
    from: types.DirectTransport,
    participantId: string,
    sent: types.RtpParameters,
    payload: Buffer = VP8_KEY_FRAME,
  ): Promise<types.Producer> {
    const rtpParameters = { ...sent, mid: `${this.#mid++}` };
    const kind = rtpParameters.codecs[0]!.mimeType.startsWith('audio') ? 'audio' : 'video';
    const producer = await from.produce({ kind, rtpParameters });
    meeting.producers.add({ producer, participantId, source: kind === 'audio' ? 'microphone' : 'camera' });
    let sequence = 0;
    const { payloadType } = rtpParameters.codecs[0]!;
    this.#senders.push(
      setInterval(() => {
        sequence++;
        for (const { ssrc } of rtpParameters.encodings!) {
          const timestamp = sequence * 960;
          producer.send(rtpPacket({ payloadType, ssrc: ssrc!, sequence, timestamp, payload }));
        }
      }, 10),
    );
    return producer;
  }

  stop(): void {
    for (const timer of this.#senders.splice(0)) clearInterval(timer);
    for (const socket of this.#sockets.splice(0)) socket.close();
  }
}
