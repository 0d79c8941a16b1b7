import { ebmlElement, ebmlFloat, ebmlId, ebmlUnsigned, UNKNOWN_SIZE } from './ebml.js';
import { ID } from './element-ids.js';

/** What a file says of its one track. */
export type TrackHeader =
  | { readonly codec: 'A_OPUS'; readonly channels: number }
  | {
      readonly codec: 'V_VP8' | 'V_VP9' | 'V_MPEG4/ISO/AVC';
      readonly width: number;
      readonly height: number;
      readonly codecPrivate?: Buffer;
    };

const VIDEO = 1;
const AUDIO = 2;
/** Samples at 48 kHz that an Opus decoder gives before the first true one, for libopus (RFC 7845, 4.2). */
const OPUS_PRE_SKIP = 312;
const NANOSECONDS_PER_SAMPLE = 1e9 / 48_000;
/** Matroska's recommendation for Opus: decode 80 ms ahead of a seek target. */
const OPUS_SEEK_PRE_ROLL_NS = 80_000_000;

/** Identification header of Opus (RFC 7845, 5.1). */
const opusHead = (channels: number): Buffer => {
  const head = Buffer.alloc(19);
  head.write('OpusHead', 'latin1');
  head[8] = 1;
  head[9] = channels;
  head.writeUInt16LE(OPUS_PRE_SKIP, 10);
  head.writeUInt32LE(48_000, 12);
  return head;
};

const entry = (header: TrackHeader): Buffer => {
  const own = [
    ebmlElement(ID.trackNumber, ebmlUnsigned(1)),
    ebmlElement(ID.trackUid, ebmlUnsigned(1)),
    ebmlElement(ID.flagLacing, ebmlUnsigned(0)),
    ebmlElement(ID.codecId, Buffer.from(header.codec)),
  ];
  if (header.codec === 'A_OPUS') {
    return ebmlElement(
      ID.trackEntry,
      ...own,
      ebmlElement(ID.trackType, ebmlUnsigned(AUDIO)),
      ebmlElement(ID.codecDelay, ebmlUnsigned(OPUS_PRE_SKIP * NANOSECONDS_PER_SAMPLE)),
      ebmlElement(ID.seekPreRoll, ebmlUnsigned(OPUS_SEEK_PRE_ROLL_NS)),
      ebmlElement(ID.codecPrivate, opusHead(header.channels)),
      ebmlElement(
        ID.audio,
        ebmlElement(ID.samplingFrequency, ebmlFloat(48_000)),
        ebmlElement(ID.channels, ebmlUnsigned(header.channels)),
      ),
    );
  }
  const { width, height, codecPrivate } = header;
  return ebmlElement(
    ID.trackEntry,
    ...own,
    ebmlElement(ID.trackType, ebmlUnsigned(VIDEO)),
    ...(codecPrivate ? [ebmlElement(ID.codecPrivate, codecPrivate)] : []),
    ebmlElement(
      ID.video,
      ebmlElement(ID.pixelWidth, ebmlUnsigned(width)),
      ebmlElement(ID.pixelHeight, ebmlUnsigned(height)),
    ),
  );
};

/** All that precedes the first cluster (RFC 9559): times in milliseconds, a segment of unknown size, one track. */
export const fileHeader = (header: TrackHeader): Buffer =>
  Buffer.concat([
    ebmlElement(
      ID.ebml,
      ebmlElement(ID.ebmlVersion, ebmlUnsigned(1)),
      ebmlElement(ID.ebmlReadVersion, ebmlUnsigned(1)),
      ebmlElement(ID.ebmlMaxIdLength, ebmlUnsigned(4)),
      ebmlElement(ID.ebmlMaxSizeLength, ebmlUnsigned(8)),
      ebmlElement(ID.docType, Buffer.from('matroska')),
      ebmlElement(ID.docTypeVersion, ebmlUnsigned(4)),
      ebmlElement(ID.docTypeReadVersion, ebmlUnsigned(2)),
    ),
    ebmlId(ID.segment),
    UNKNOWN_SIZE,
    ebmlElement(
      ID.info,
      ebmlElement(ID.timestampScale, ebmlUnsigned(1_000_000)),
      ebmlElement(ID.muxingApp, Buffer.from('parley')),
      ebmlElement(ID.writingApp, Buffer.from('parley')),
    ),
    ebmlElement(ID.tracks, entry(header)),
  ]);
