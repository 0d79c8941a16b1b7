import type { types } from 'mediasoup';

let nextSsrc = 1000;

/** What a browser would send as one camera track in VP8, with fresh SSRCs. */
export const vp8 = (mid: string, encodings = 1): types.RtpParameters => ({
  mid,
  codecs: [
    {
      mimeType: 'video/VP8',
      payloadType: 96,
      clockRate: 90_000,
      rtcpFeedback: [{ type: 'nack', parameter: 'pli' }],
    },
  ],
  headerExtensions: [],
  encodings: Array.from({ length: encodings }, () => ({ ssrc: nextSsrc++ })),
  rtcp: { cname: 'test' },
});

/** Id under which {@link spokenOpus} states the loudness of its packets. */
const LEVEL_EXTENSION = 10;

/** What a browser would send as one microphone track, with a fresh SSRC. */
export const opus = (mid: string): types.RtpParameters => ({
  mid,
  codecs: [
    {
      mimeType: 'audio/opus',
      payloadType: 111,
      clockRate: 48_000,
      channels: 2,
      parameters: { useinbandfec: 1 },
    },
  ],
  headerExtensions: [],
  encodings: [{ ssrc: nextSsrc++ }],
  rtcp: { cname: 'test' },
});

/** The same, with the loudness of each packet in its header, as browsers state it. */
export const spokenOpus = (mid: string): types.RtpParameters => ({
  ...opus(mid),
  headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: LEVEL_EXTENSION }],
});

/** A client's DTLS parameters with a well-formed certificate fingerprint made of one byte. */
export const dtls = (byte = 'AB'): types.DtlsParameters => ({
  role: 'client',
  fingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => byte).join(':') }],
});

/** An RTP packet (RFC 3550, section 5.1); with a loudness in dBov, that in its header (RFC 6464, one-byte form of RFC 8285). */
export const rtpPacket = (of: {
  payloadType: number;
  ssrc: number;
  sequence: number;
  timestamp: number;
  payload: Buffer;
  dBov?: number;
}): Buffer => {
  const header = Buffer.alloc(12);
  header.writeUInt8(0x80, 0);
  header.writeUInt8(of.payloadType, 1);
  header.writeUInt16BE(of.sequence, 2);
  header.writeUInt32BE(of.timestamp, 4);
  header.writeUInt32BE(of.ssrc, 8);
  if (of.dBov === undefined) return Buffer.concat([header, of.payload]);
  header.writeUInt8(0x90, 0);
  const extension = Buffer.from([0xbe, 0xde, 0, 1, LEVEL_EXTENSION << 4, -of.dBov, 0, 0]);
  return Buffer.concat([header, extension, of.payload]);
};
