/** Id and size at the start of an EBML element. */
export interface ElementHead {
  readonly id: number;
  /** Undefined: unknown. */
  readonly size: number | undefined;
  readonly length: number;
}

/** Longest head. */
export const MOST_HEAD_BYTES = 12;

/** Reads a head; undefined when there is no whole one (RFC 8794, 4 to 6). */
export const parseElementHead = (bytes: Buffer): ElementHead | undefined => {
  const first = bytes[0];
  if (!first) return undefined;
  const idLength = Math.clz32(first) - 23;
  const second = bytes[idLength];
  if (idLength > 4 || !second) return undefined;
  const sizeLength = Math.clz32(second) - 23;
  if (idLength + sizeLength > bytes.length) return undefined;
  let size = second & (0xff >> sizeLength);
  let unknown = size === 0xff >> sizeLength;
  for (let i = 1; i < sizeLength; i++) {
    const byte = bytes[idLength + i]!;
    size = size * 256 + byte;
    unknown &&= byte === 0xff;
  }
  return {
    id: bytes.readUIntBE(0, idLength),
    size: unknown ? undefined : size,
    length: idLength + sizeLength,
  };
};
