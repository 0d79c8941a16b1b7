/** Frame durations by the upper five bits of a packet's first byte, milliseconds (RFC 6716, 3.1, table 2). */
const SILK = [10, 20, 40, 60];
const HYBRID = [10, 20];
const CELT = [2.5, 5, 10, 20];

const frameDuration = (config: number): number => {
  if (config < 12) return SILK[config % 4]!;
  if (config < 16) return HYBRID[config % 2]!;
  return CELT[config % 4]!;
};

/** How long an Opus packet sounds, milliseconds: 2.5 to 120; zero for one that is none. */
export const opusDuration = (packet: Buffer): number => {
  if (packet.length === 0) return 0;
  const code = packet[0]! & 3;
  const frames = code === 0 ? 1 : code < 3 ? 2 : (packet[1] ?? 0) & 0x3f;
  const duration = frames * frameDuration(packet[0]! >> 3);
  return duration <= 120 ? duration : 0;
};
