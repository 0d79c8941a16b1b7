import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ReorderBuffer } from './reorder-buffer.js';
import type { RtpPacket } from './rtp-packet.js';

const packet = (sequenceNumber: number, arrivedAt = 0): RtpPacket => ({
  sequenceNumber,
  arrivedAt,
  timestamp: 0,
  ssrc: 1,
  payloadType: 96,
  marker: false,
  payload: Buffer.alloc(0),
});

const takeAll = (buffer: ReorderBuffer, now: number): string[] => {
  const taken: string[] = [];
  for (let one = buffer.take(now); one; one = buffer.take(now)) {
    taken.push(`${one.packet.sequenceNumber}${one.lost > 0 ? ` after ${one.lost}` : ''}`);
  }
  return taken;
};

describe('a reorder buffer', () => {
  test('passes packets in order, across the wrap of their numbers', () => {
    const buffer = new ReorderBuffer();
    for (const number of [65_534, 0, 65_535, 1]) buffer.push(packet(number));
    expect(takeAll(buffer, 0)).toEqual(['65534', '65535', '0', '1']);
  });

  test('waits a second for a missing packet, then tells how many are lost', () => {
    const buffer = new ReorderBuffer();
    buffer.push(packet(1, 0));
    buffer.push(packet(5, 100));
    buffer.push(packet(4, 200));
    expect(takeAll(buffer, 1099)).toEqual(['1']);
    expect(takeAll(buffer, 1100)).toEqual(['4 after 2', '5']);
  });

  test('a retransmission within the second closes the gap', () => {
    const buffer = new ReorderBuffer();
    for (const number of [1, 3, 4]) buffer.push(packet(number));
    expect(takeAll(buffer, 500)).toEqual(['1']);
    buffer.push(packet(2, 600));
    expect(takeAll(buffer, 600)).toEqual(['2', '3', '4']);
  });

  test('drops repeats and what comes too late, and counts them', () => {
    const buffer = new ReorderBuffer();
    for (const number of [1, 2, 2]) buffer.push(packet(number));
    expect(takeAll(buffer, 0)).toEqual(['1', '2']);
    buffer.push(packet(1));
    expect(takeAll(buffer, 5000)).toEqual([]);
    expect(buffer.late).toBe(2);
  });

  test('follows a source that begins again far behind', () => {
    const buffer = new ReorderBuffer();
    buffer.push(packet(30_000));
    expect(takeAll(buffer, 0)).toEqual(['30000']);
    for (const number of [100, 101, 102]) buffer.push(packet(number));
    expect(takeAll(buffer, 0)).toEqual(['101', '102']);
  });

  test('does not count the packet with which a source begins again as late', () => {
    const buffer = new ReorderBuffer();
    for (const number of [1000, 65_535, 0]) {
      buffer.push(packet(number));
      takeAll(buffer, 0);
    }
    expect(buffer.late).toBe(1);
  });

  test('holds no more than its capacity', () => {
    const buffer = new ReorderBuffer();
    buffer.push(packet(0));
    takeAll(buffer, 0);
    for (let number = 2; number < 4098; number++) buffer.push(packet(number));
    expect(takeAll(buffer, 0)).toHaveLength(4096);
  });

  test('whatever comes, no packet is passed twice and all end up passed or counted', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 65_535 }), { maxLength: 200 }), numbers => {
        const buffer = new ReorderBuffer();
        const taken: string[] = [];
        numbers.forEach((number, i) => {
          buffer.push(packet(number, i));
          taken.push(...takeAll(buffer, i));
        });
        taken.push(...takeAll(buffer, Infinity));
        expect(taken.length + buffer.late).toBeLessThanOrEqual(numbers.length);
      }),
    );
  });
});
