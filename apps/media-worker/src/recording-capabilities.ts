import type { types } from 'mediasoup';

/**
 * What the recorder receives of a router's codecs: plain RTP. Without congestion feedback (`transport-cc`, `goog-remb`)
 * mediasoup neither probes the bandwidth with padding packets nor lowers the layers; without RTX every packet is media
 * of its own SSRC; without header extensions there is less to parse.
 */
export const recordingCapabilities = (router: types.RtpCapabilities): types.RtpCapabilities => ({
  codecs: (router.codecs ?? [])
    .filter(codec => !codec.mimeType.toLowerCase().endsWith('/rtx'))
    .map(codec => ({
      ...codec,
      rtcpFeedback: (codec.rtcpFeedback ?? []).filter(
        ({ type }) => type !== 'transport-cc' && type !== 'goog-remb',
      ),
    })),
  headerExtensions: [],
});
