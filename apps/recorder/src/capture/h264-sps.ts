import { BitReader } from './bit-reader.js';
import type { PictureSize } from './depacketizer.js';

/** Profiles whose parameter sets tell the chroma format and may hold scaling lists (ITU-T H.264, 7.3.2.1.1). */
const HIGH_PROFILES = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

/** Removes the emulation prevention bytes: 00 00 03 stands for 00 00 (ITU-T H.264, 7.4.1). */
const rawPayload = (nal: Buffer): Buffer => {
  const raw = Buffer.alloc(nal.length);
  let length = 0;
  let zeros = 0;
  for (const byte of nal) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    raw[length++] = byte;
  }
  return raw.subarray(0, length);
};

const skipScalingLists = (reader: BitReader, lists: number): void => {
  for (let list = 0; list < lists; list++) {
    if (!reader.bit()) continue;
    let [last, next] = [8, 8];
    for (let i = 0; i < (list < 6 ? 16 : 64) && next !== 0; i++) {
      next = (last + reader.signedGolomb() + 256) % 256;
      if (next !== 0) last = next;
    }
  }
};

/** Picture size from a sequence parameter set, cropping considered (ITU-T H.264, 7.3.2.1.1 and 7.4.2.1.1). */
export const parseSpsSize = (nal: Buffer): PictureSize | undefined => {
  if (nal.length < 4) return undefined;
  const reader = new BitReader(rawPayload(nal.subarray(1)));
  const profile = reader.bits(8);
  reader.skip(16); // constraints, level
  reader.unsignedGolomb(); // id
  let chroma = 1;
  if (HIGH_PROFILES.has(profile)) {
    chroma = reader.unsignedGolomb();
    if (chroma === 3) reader.skip(1);
    reader.unsignedGolomb(); // bit depths
    reader.unsignedGolomb();
    reader.skip(1);
    if (reader.bit()) skipScalingLists(reader, chroma === 3 ? 12 : 8);
  }
  reader.unsignedGolomb(); // log2_max_frame_num
  const order = reader.unsignedGolomb();
  if (order === 0) reader.unsignedGolomb();
  else if (order === 1) {
    reader.skip(1);
    reader.signedGolomb();
    reader.signedGolomb();
    const cycle = Math.min(reader.unsignedGolomb(), 255);
    for (let i = 0; i < cycle; i++) reader.signedGolomb();
  }
  reader.unsignedGolomb(); // reference frames
  reader.skip(1);
  const widthInBlocks = reader.unsignedGolomb() + 1;
  const heightInUnits = reader.unsignedGolomb() + 1;
  const fieldFactor = reader.bit() ? 1 : 2;
  if (fieldFactor === 2) reader.skip(1);
  reader.skip(1);
  let [width, height] = [widthInBlocks * 16, heightInUnits * 16 * fieldFactor];
  if (reader.bit()) {
    const unitX = chroma === 1 || chroma === 2 ? 2 : 1;
    const unitY = (chroma === 1 ? 2 : 1) * fieldFactor;
    width -= unitX * (reader.unsignedGolomb() + reader.unsignedGolomb());
    height -= unitY * (reader.unsignedGolomb() + reader.unsignedGolomb());
  }
  const sane = width > 0 && height > 0 && width <= 16_384 && height <= 16_384;
  return sane && !reader.exhausted ? { width, height } : undefined;
};
