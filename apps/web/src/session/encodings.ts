import type { types } from 'mediasoup-client';

/** Bit rates per second for the layers that a camera sends, least first; each layer has double the height of the last. */
const LAYERS = [
  { fraction: 4, maxBitrate: 150_000 },
  { fraction: 2, maxBitrate: 500_000 },
  { fraction: 1, maxBitrate: 1_500_000 },
] as const;

/** One picture of 360 lines or less is not worth three sizes: its smallest would be a stamp. */
const layersFor = (height: number): number => (height >= 540 ? 3 : height >= 300 ? 2 : 1);

/** Simulcast encodings of a camera by the height of its picture in pixels: three sizes at 720p, fewer for small ones. */
export const cameraEncodings = (height: number): types.RtpEncodingParameters[] => {
  const count = layersFor(height);
  const lowest = count === 1 ? 300_000 : LAYERS[0].maxBitrate;
  return LAYERS.slice(-count).map(({ fraction, maxBitrate }, index) => ({
    // One encoding with temporal layers counts as SVC with mediasoup, whose consumers let the first key frame pass
    // while they still choose a layer: the first picture would come a second later.
    ...(count > 1 && { scaleResolutionDownBy: fraction, scalabilityMode: 'L1T3' }),
    maxBitrate: index === 0 ? lowest : count === 2 ? 600_000 : maxBitrate,
  }));
};

/** A screen is sent once, sharp rather than smooth. */
export const screenEncodings = (): types.RtpEncodingParameters[] => [
  { maxBitrate: 2_500_000, maxFramerate: 15 },
];

/** Speech: silence costs next to nothing (DTX), and a lost packet is heard from the next one (FEC). */
export const MICROPHONE_CODEC: types.ProducerCodecOptions = {
  opusDtx: true,
  opusFec: true,
  opusStereo: false,
};
/** The sound of a shared screen is music or film as often as speech. */
export const SCREEN_AUDIO_CODEC: types.ProducerCodecOptions = {
  opusDtx: false,
  opusFec: true,
  opusStereo: true,
};

/**
 * The spatial layer that is enough for a picture shown so high.
 *
 * @param shownHeight in device pixels
 * @param layers how many there are; the topmost is taken to have 720 lines, each lower one half of that above it
 */
export const preferredSpatialLayer = (shownHeight: number, layers: number): number => {
  let layer = layers - 1;
  // A quarter more pixels than the layer has is a softness nobody sees.
  while (layer > 0 && shownHeight <= (720 / 2 ** (layers - layer)) * 1.25) layer -= 1;
  return layer;
};
