import type { TrackHeader } from '../matroska/track-header.js';
import type { Depacketizer } from './depacketizer.js';
import { h264Depacketizer } from './h264.js';
import { vp8Depacketizer } from './vp8.js';
import { vp9Depacketizer } from './vp9.js';

type VideoCodec = Exclude<TrackHeader['codec'], 'A_OPUS'>;

const VIDEO: Readonly<
  Record<string, { readonly codec: VideoCodec; readonly depacketizer: () => Depacketizer }>
> = {
  'video/vp8': { codec: 'V_VP8', depacketizer: vp8Depacketizer },
  'video/vp9': { codec: 'V_VP9', depacketizer: vp9Depacketizer },
  'video/h264': { codec: 'V_MPEG4/ISO/AVC', depacketizer: h264Depacketizer },
};

/** How a MIME type is recorded; undefined for one that cannot be. */
export const videoCodec = (mimeType: string) => {
  const key = mimeType.toLowerCase();
  return Object.hasOwn(VIDEO, key) ? VIDEO[key] : undefined;
};

export const isOpus = (mimeType: string): boolean => mimeType.toLowerCase() === 'audio/opus';
