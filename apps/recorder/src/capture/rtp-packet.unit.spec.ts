import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isRtcp, parseRtpPacket } from './rtp-packet.js';

const HEADER = [0x80, 0xe0, 0x12, 0x34, 0xff, 0xff, 0xff, 0xfe, 0, 0, 0, 7];

describe('parseRtpPacket', () => {
  test('reads the fixed header', () => {
    expect(parseRtpPacket(Buffer.from([...HEADER, 1, 2]), 5)).toEqual({
      sequenceNumber: 0x1234,
      timestamp: 0xfffffffe,
      ssrc: 7,
      payloadType: 96,
      marker: true,
      payload: Buffer.from([1, 2]),
      arrivedAt: 5,
    });
  });

  test('leaves out contributing sources, header extension and padding', () => {
    const bytes = [0xb1, ...HEADER.slice(1), 9, 9, 9, 9, 0xbe, 0xde, 0, 1, 8, 8, 8, 8, 42, 0, 0, 3];
    expect(parseRtpPacket(Buffer.from(bytes), 0)?.payload).toEqual(Buffer.from([42]));
  });

  test('a packet of padding only has an empty payload', () => {
    expect(parseRtpPacket(Buffer.from([0xa0, ...HEADER.slice(1), 0, 2]), 0)?.payload).toHaveLength(0);
  });

  test('tells RTCP on the same port apart', () => {
    expect(isRtcp(Buffer.from([0x80, 200]))).toBe(true);
    expect(isRtcp(Buffer.from(HEADER))).toBe(false);
  });

  test('never throws, and never reads past the datagram', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), bytes => {
        const datagram = Buffer.from(bytes);
        isRtcp(datagram);
        const packet = parseRtpPacket(datagram, 0);
        expect(packet === undefined || packet.payload.length <= datagram.length - 12).toBe(true);
      }),
    );
  });
});
