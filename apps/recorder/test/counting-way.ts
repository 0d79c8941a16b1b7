import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isRtcp, parseRtpPacket } from '../src/capture/rtp-packet.js';

export interface CountingWay {
  readonly port: number;
  /** Video frames of which all has gone over it. */
  readonly frames: number;
  /** Nothing more gets through; who sends does not notice. */
  stop(): void;
  close(): void;
}

/** A way to a UDP port of this machine that counts the frames that go over it. */
export const countingWay = async (to: number): Promise<CountingWay> => {
  const socket = createSocket('udp4');
  let frames = 0;
  let stopped = false;
  socket.on('message', datagram => {
    if (stopped) return;
    socket.send(datagram, to, '127.0.0.1');
    if (!isRtcp(datagram) && parseRtpPacket(datagram, 0)?.marker) frames++;
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    get frames() {
      return frames;
    },
    stop: () => void (stopped = true),
    close: () => void socket.close(),
  };
};
