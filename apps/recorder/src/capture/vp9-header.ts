import { BitReader } from './bit-reader.js';
import type { PictureSize } from './depacketizer.js';

const SYNC_CODE = 0x498342;
const COLOUR_SPACE_RGB = 7;

/** Reads what a recording needs of the uncompressed header (VP9 bitstream specification, 6.2); undefined when malformed. */
export const parseVp9Header = (frame: Buffer): { keyFrame: boolean; size?: PictureSize } | undefined => {
  const reader = new BitReader(frame);
  if (reader.bits(2) !== 2) return undefined; // frame_marker
  const profile = reader.bit() + 2 * reader.bit();
  if (profile === 3) reader.skip(1);
  if (reader.bit()) return { keyFrame: false }; // show_existing_frame
  const keyFrame = reader.bit() === 0;
  reader.skip(2); // show_frame, error_resilient_mode
  if (!keyFrame) return reader.exhausted ? undefined : { keyFrame };
  if (reader.bits(24) !== SYNC_CODE) return undefined;
  if (profile >= 2) reader.skip(1); // ten or twelve bits
  if (reader.bits(3) === COLOUR_SPACE_RGB) {
    if (profile & 1) reader.skip(1);
  } else {
    reader.skip(1); // colour range
    if (profile & 1) reader.skip(3); // subsampling
  }
  const size = { width: reader.bits(16) + 1, height: reader.bits(16) + 1 };
  return reader.exhausted ? undefined : { keyFrame, size };
};
