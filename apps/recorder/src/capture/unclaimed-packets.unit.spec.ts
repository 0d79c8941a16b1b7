import { describe, expect, test } from '@jest/globals';
import { UnclaimedPackets } from './unclaimed-packets.js';

const packet = (ssrc: number, arrivedAt: number, bytes = 10) => ({
  ssrc,
  arrivedAt,
  sequenceNumber: 0,
  timestamp: 0,
  payloadType: 96,
  marker: false,
  payload: Buffer.alloc(bytes),
});

describe('unclaimed packets', () => {
  test('are handed out once, by source, in order of arrival', () => {
    const unclaimed = new UnclaimedPackets();
    for (const [ssrc, at] of [[1, 0], [2, 1], [1, 2]] as const) unclaimed.add(packet(ssrc, at)); // prettier-ignore
    expect(unclaimed.claim(1).map(({ arrivedAt }) => arrivedAt)).toEqual([0, 2]);
    expect(unclaimed.claim(1)).toEqual([]);
    expect(unclaimed.claim(2)).toHaveLength(1);
  });

  test('are kept for five seconds and up to four megabytes', () => {
    const unclaimed = new UnclaimedPackets();
    for (let at = 0; at <= 7000; at += 1000) unclaimed.add(packet(1, at));
    expect(unclaimed.claim(1).map(({ arrivedAt }) => arrivedAt)).toEqual([
      2000, 3000, 4000, 5000, 6000, 7000,
    ]);
    for (let at = 0; at < 10; at++) unclaimed.add(packet(1, at, 1 << 20));
    expect(unclaimed.claim(1)).toHaveLength(4);
  });
});
