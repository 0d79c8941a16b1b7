import { describe, expect, test } from '@jest/globals';
import { FrameAssembler } from './frame-assembler.js';
import { h264Depacketizer } from './h264.js';
import type { RtpPacket } from './rtp-packet.js';
import { vp8Depacketizer } from './vp8.js';

const packet = (payload: string, timestamp: number, marker: boolean): RtpPacket => ({
  sequenceNumber: 0,
  timestamp,
  marker,
  ssrc: 1,
  payloadType: 96,
  payload: Buffer.from(payload, 'hex'),
  arrivedAt: 0,
});
/** First and later packets of a VP8 frame that is no key frame. */
const FIRST = '10b10f00';
const LATER = '00aa';

describe('a frame assembler', () => {
  test('joins packets up to the marker', () => {
    const assembler = new FrameAssembler(vp8Depacketizer());
    expect(assembler.add(packet(FIRST, 1, false), false)).toBeUndefined();
    const frame = assembler.add(packet(LATER, 1, true), false);
    expect(frame).toEqual({ timestamp: 1, keyFrame: false, data: Buffer.from('b10f00aa', 'hex') });
  });

  test('a frame that packets are missing of is left out, the next one is whole', () => {
    const assembler = new FrameAssembler(vp8Depacketizer());
    assembler.add(packet(FIRST, 1, false), false);
    expect(assembler.add(packet(LATER, 1, true), true)).toBeUndefined();
    expect(assembler.add(packet(LATER, 2, true), false)).toBeUndefined();
    expect(assembler.add(packet(FIRST, 3, true), false)).toMatchObject({ timestamp: 3 });
    expect(assembler.dropped).toBe(1);
  });

  test('a new time without a marker before it ends the frame as broken', () => {
    const assembler = new FrameAssembler(vp8Depacketizer());
    assembler.add(packet(FIRST, 1, false), false);
    expect(assembler.add(packet(FIRST, 2, true), false)?.data).toHaveLength(3);
    expect(assembler.dropped).toBe(1);
  });

  test('where the codec does not tell, only a packet after a marker begins a frame', () => {
    const assembler = new FrameAssembler(h264Depacketizer());
    expect(assembler.add(packet('4101', 1, true), true)).toBeUndefined();
    expect(assembler.add(packet('4102', 2, true), false)).toMatchObject({ timestamp: 2 });
    expect(assembler.add(packet('4103', 3, true), true)).toBeUndefined();
  });
});
