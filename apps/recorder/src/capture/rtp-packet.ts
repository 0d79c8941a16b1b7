/** One RTP packet (RFC 3550, 5.1) without its padding and header extensions. */
export interface RtpPacket {
  readonly sequenceNumber: number;
  /** In units of the payload's clock rate, 32 bits, wraps. */
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payloadType: number;
  readonly marker: boolean;
  /** Empty for a packet of padding only; it still has a sequence number. */
  readonly payload: Buffer;
  /** Milliseconds since 1970. */
  readonly arrivedAt: number;
}

const HEADER_BYTES = 12;

/** RTCP on the same port: packet types 192 to 223 in the second byte (RFC 5761, 4). */
export const isRtcp = (datagram: Buffer): boolean => {
  const type = datagram[1] ?? 0;
  return type >= 192 && type <= 223;
};

/** Reads a datagram; undefined when it is not a whole RTP packet. */
export const parseRtpPacket = (datagram: Buffer, arrivedAt: number): RtpPacket | undefined => {
  if (datagram.length < HEADER_BYTES) return undefined;
  const first = datagram[0]!;
  const second = datagram[1]!;
  if (first >> 6 !== 2) return undefined;
  let start = HEADER_BYTES + 4 * (first & 0x0f);
  if (first & 0x10) {
    if (start + 4 > datagram.length) return undefined;
    start += 4 + 4 * datagram.readUInt16BE(start + 2);
  }
  const padding = first & 0x20 ? datagram[datagram.length - 1]! : 0;
  const end = datagram.length - padding;
  if (start > end) return undefined;
  return {
    sequenceNumber: datagram.readUInt16BE(2),
    timestamp: datagram.readUInt32BE(4),
    ssrc: datagram.readUInt32BE(8),
    payloadType: second & 0x7f,
    marker: second >> 7 === 1,
    payload: datagram.subarray(start, end),
    arrivedAt,
  };
};
