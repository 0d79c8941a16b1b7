import type { Depacketizer, FrameInfo, PayloadPart } from './depacketizer.js';
import { parseSpsSize } from './h264-sps.js';

const IDR = 5;
const SEI = 6;
const SPS = 7;
const PPS = 8;
const DELIMITER = 9;
const STAP_A = 24;
const FU_A = 28;

const typeOf = (nal: Buffer): number => nal[0]! & 0x1f;

/** The NAL units of a STAP-A packet (RFC 6184, 5.7.1); undefined when a length runs past the packet. */
const aggregated = (payload: Buffer): Buffer[] | undefined => {
  const nals: Buffer[] = [];
  for (let offset = 1; offset < payload.length;) {
    if (offset + 2 > payload.length) return undefined;
    const length = payload.readUInt16BE(offset);
    offset += 2;
    if (length === 0 || offset + length > payload.length) return undefined;
    nals.push(payload.subarray(offset, offset + length));
    offset += length;
  }
  return nals;
};

/** AVCDecoderConfigurationRecord (ISO/IEC 14496-15, 5.3.3.1) with lengths of four bytes. */
const avcConfiguration = (sps: Buffer, pps: Buffer): Buffer => {
  const sized = (nal: Buffer): Buffer =>
    Buffer.concat([Buffer.from([nal.length >> 8, nal.length & 255]), nal]);
  const head = Buffer.from([1, sps[1]!, sps[2]!, sps[3]!, 0xff, 0xe1]);
  return Buffer.concat([head, sized(sps), Buffer.from([1]), sized(pps)]);
};

const lengthPrefixed = (nals: readonly Buffer[]): Buffer =>
  Buffer.concat(
    nals.flatMap(nal => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(nal.length);
      return [length, nal];
    }),
  );

/** H.264 in packetization modes 0 and 1 (RFC 6184): single NAL units, STAP-A, FU-A. A part's data are whole NAL units. */
export const h264Depacketizer = (): Depacketizer => {
  let fragments: Buffer[] = [];
  let sps: Buffer | undefined;
  let pps: Buffer | undefined;

  const part = (payload: Buffer): PayloadPart | undefined => {
    if (payload.length < 2) return undefined;
    const type = typeOf(payload);
    let nals: Buffer[] | undefined = [];
    if (type === FU_A) {
      const header = payload[1]!;
      if (header & 0x80) fragments = [Buffer.from([(payload[0]! & 0xe0) | (header & 0x1f)])];
      else if (fragments.length === 0) return undefined;
      fragments.push(payload.subarray(2));
      if (header & 0x40) nals = [Buffer.concat(fragments)];
      if (header & 0x40) fragments = [];
    } else if (type === STAP_A) nals = aggregated(payload);
    else if (type > 0 && type < STAP_A) nals = [payload];
    else return undefined;
    if (!nals) return undefined;
    return {
      startsFrame: nals.some(nal => [SEI, SPS, DELIMITER].includes(typeOf(nal))) || undefined,
      data: nals,
    };
  };

  const frame = (nals: readonly Buffer[]): FrameInfo | undefined => {
    if (nals.length === 0 || fragments.length > 0) return undefined;
    // Copies: the parts are views into datagrams.
    for (const nal of nals) {
      if (typeOf(nal) === SPS && nal.length >= 4) sps = Buffer.from(nal);
      if (typeOf(nal) === PPS) pps = Buffer.from(nal);
    }
    const data = lengthPrefixed(nals);
    if (!nals.some(nal => typeOf(nal) === IDR)) return { data, keyFrame: false };
    const size = sps && parseSpsSize(sps);
    if (!sps || !pps || !size) return undefined;
    return { data, keyFrame: true, size, codecPrivate: avcConfiguration(sps, pps) };
  };

  return { part, frame, reset: () => void (fragments = []) };
};
