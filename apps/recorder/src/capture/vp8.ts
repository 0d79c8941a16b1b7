import type { Depacketizer, PayloadPart, PictureSize } from './depacketizer.js';

/** Length of the VP8 payload descriptor (RFC 7741, 4.2). */
const descriptorLength = (payload: Buffer): number => {
  const first = payload[0]!;
  if (!(first & 0x80)) return 1;
  const extension = payload[1] ?? 0;
  let length = 2;
  if (extension & 0x80) length += (payload[length] ?? 0) & 0x80 ? 2 : 1; // PictureID of 15 or 7 bits
  if (extension & 0x40) length += 1; // TL0PICIDX
  if (extension & 0x30) length += 1; // TID, KEYIDX
  return length;
};

/** Size in a key frame's header (RFC 6386, 9.1); the upper two bits of each number are an upscaling hint. */
const keyFrameSize = (frame: Buffer): PictureSize | undefined => {
  if (frame.length < 10 || frame[3] !== 0x9d || frame[4] !== 0x01 || frame[5] !== 0x2a) return undefined;
  const width = frame.readUInt16LE(6) & 0x3fff;
  const height = frame.readUInt16LE(8) & 0x3fff;
  return width > 0 && height > 0 ? { width, height } : undefined;
};

export const vp8Depacketizer = (): Depacketizer => ({
  part(payload): PayloadPart | undefined {
    if (payload.length === 0) return undefined;
    const length = descriptorLength(payload);
    if (length >= payload.length) return undefined;
    // S = 1 and partition index 0: the frame's first packet.
    return { startsFrame: (payload[0]! & 0x17) === 0x10, data: [payload.subarray(length)] };
  },
  frame(parts) {
    const data = Buffer.concat(parts);
    if (data.length < 3) return undefined;
    if (data[0]! & 1) return { data, keyFrame: false };
    const size = keyFrameSize(data);
    return size && { data, keyFrame: true, size };
  },
  reset: () => undefined,
});
