/** Encoding of EBML (RFC 8794), as far as Matroska needs it. */

/** Element size as a variable-length number (RFC 8794, 4). @param value up to 2^53 */
export const ebmlSize = (value: number): Buffer => {
  let length = 1;
  // All ones are reserved for "unknown".
  while (value >= 2 ** (7 * length) - 1) length++;
  const bytes = Buffer.alloc(length);
  for (let i = length - 1, rest = value; i >= 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256;
  bytes[0]! |= 1 << (8 - length);
  return bytes;
};

/** The size that says: until the end of the file or the next element of this level or above. */
export const UNKNOWN_SIZE = Buffer.from('01ffffffffffffff', 'hex');

export const ebmlId = (id: number): Buffer => {
  const hex = id.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
};

export const ebmlUnsigned = (value: number): Buffer => {
  const bytes: number[] = [];
  for (let rest = value; rest > 0 || bytes.length === 0; rest = Math.floor(rest / 256))
    bytes.unshift(rest % 256);
  return Buffer.from(bytes);
};

export const ebmlFloat = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
};

export const ebmlElement = (id: number, ...content: readonly Buffer[]): Buffer => {
  const length = content.reduce((sum, one) => sum + one.length, 0);
  return Buffer.concat([ebmlId(id), ebmlSize(length), ...content]);
};
