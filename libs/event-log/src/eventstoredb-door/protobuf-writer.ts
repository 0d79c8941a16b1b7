/**
 * Writes one Protocol Buffers message from its end to its beginning, since the length of a message in a message is known
 * once it is written. The generated code makes an object per part and copies each several times; this is what the reading
 * of a million events pays for.
 */
export class ProtobufWriter {
  readonly #buffer: Buffer;
  #at: number;

  /** @param capacity bytes, no fewer than will be written. */
  constructor(capacity: number) {
    this.#buffer = Buffer.allocUnsafe(capacity);
    this.#at = capacity;
  }

  /** Where the next thing written will end: what `message` is told after the parts of a message. */
  get end(): number {
    return this.#at;
  }

  bytes(field: number, value: Uint8Array): void {
    this.#at -= value.length;
    this.#buffer.set(value, this.#at);
    this.#header(field, value.length);
  }

  text(field: number, value: string): void {
    const length = Buffer.byteLength(value);
    this.#at -= length;
    this.#buffer.write(value, this.#at, length);
    this.#header(field, length);
  }

  /** Fields of type uint64 and int64. */
  integer(field: number, value: number | bigint): void {
    if (typeof value === 'bigint') this.#largeVarint(BigInt.asUintN(64, value));
    else this.#varint(value);
    this.#varint(field * 8);
  }

  /** Closes a message of whose parts all are written. @param end of the message, taken before its parts were written. */
  message(field: number, end: number): void {
    this.#header(field, end - this.#at);
  }

  finish(): Buffer {
    return this.#buffer.subarray(this.#at);
  }

  #header(field: number, length: number): void {
    this.#varint(length);
    this.#varint(field * 8 + 2);
  }

  #varint(value: number): void {
    let length = 1;
    for (let rest = value; rest >= 128; rest /= 128) length += 1;
    this.#at -= length;
    let rest = value;
    for (let i = 0; i < length - 1; i += 1) {
      this.#buffer[this.#at + i] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.#buffer[this.#at + length - 1] = rest;
  }

  #largeVarint(value: bigint): void {
    const bytes: number[] = [];
    for (let rest = value; rest > 0n || bytes.length === 0; rest >>= 7n) {
      bytes.push(Number(rest & 127n) + (rest > 127n ? 128 : 0));
    }
    this.#at -= bytes.length;
    this.#buffer.set(bytes, this.#at);
  }
}
