import type { Depacketizer, PayloadPart, PictureSize } from './depacketizer.js';
import { parseVp9Header } from './vp9-header.js';

interface Descriptor {
  /** B: first packet of a layer frame. */
  readonly startsLayer: boolean;
  readonly length: number;
  /** Of the largest spatial layer, where the scalability structure tells. */
  readonly size?: PictureSize;
}

/** Reads the VP9 payload descriptor (RFC 9628, 4.2); undefined when it runs past the packet. */
const parseDescriptor = (payload: Buffer): Descriptor | undefined => {
  let offset = 0;
  const next = (): number => payload[offset++] ?? 0;
  const flags = next();
  if (flags & 0x80 && next() & 0x80) offset++; // I: picture id of 7 or 15 bits
  if (flags & 0x20) offset += flags & 0x10 ? 1 : 2; // L: layer indices, TL0PICIDX only where not F
  // P and F: up to three reference indices, each with a bit "another follows"
  if ((flags & 0x50) === 0x50) for (let i = 0; i < 3 && next() & 1; i++);
  let size: PictureSize | undefined;
  if (flags & 0x02) {
    const structure = next(); // V: scalability structure
    for (let layer = 0; layer <= structure >> 5 && structure & 0x10; layer++) {
      if (offset + 4 > payload.length) return undefined;
      const [width, height] = [payload.readUInt16BE(offset), payload.readUInt16BE(offset + 2)];
      if (width > 0 && height > 0) size = { width, height };
      offset += 4;
    }
    if (structure & 0x08) {
      for (let pictures = next(); pictures > 0; pictures--) {
        const references = (next() >> 2) & 3;
        offset += references;
      }
    }
  }
  return offset < payload.length ? { startsLayer: (flags & 0x08) !== 0, length: offset, size } : undefined;
};

/** Joins the layer frames of one picture to a superframe (VP9 bitstream specification, annex B). */
const superframe = (layers: readonly Buffer[]): Buffer => {
  if (layers.length === 1) return layers[0]!;
  const marker = 0xc0 | (3 << 3) | (layers.length - 1); // sizes of four bytes
  const index = Buffer.alloc(2 + 4 * layers.length, marker);
  layers.forEach((layer, i) => index.writeUInt32LE(layer.length, 1 + 4 * i));
  return Buffer.concat([...layers, index]);
};

const MOST_LAYERS = 8;

export const vp9Depacketizer = (): Depacketizer => {
  let structureSize: PictureSize | undefined;
  /** Payloads that begin a layer frame: a picture of several spatial layers is a superframe. */
  let layerStarts = new WeakSet<Buffer>();
  return {
    part(payload): PayloadPart | undefined {
      const descriptor = parseDescriptor(payload);
      if (!descriptor) return undefined;
      structureSize = descriptor.size ?? structureSize;
      const data = payload.subarray(descriptor.length);
      if (descriptor.startsLayer) layerStarts.add(data);
      return { startsFrame: descriptor.startsLayer, data: [data] };
    },
    frame(parts) {
      const layers: Buffer[][] = [];
      for (const part of parts) {
        if (layerStarts.has(part) || layers.length === 0) layers.push([]);
        layers.at(-1)!.push(part);
      }
      if (layers.length === 0 || layers.length > MOST_LAYERS) return undefined;
      const frames = layers.map(layer => Buffer.concat(layer));
      const header = parseVp9Header(frames[0]!);
      if (!header) return undefined;
      const data = superframe(frames);
      if (!header.keyFrame) return { data, keyFrame: false };
      return { data, keyFrame: true, size: frames.length > 1 ? (structureSize ?? header.size) : header.size };
    },
    reset: () => {
      layerStarts = new WeakSet();
    },
  };
};
