/** Reads single bits, most significant first. Past the end it reads zeros and `exhausted` is true: it never throws. */
export class BitReader {
  #position = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get exhausted(): boolean {
    return this.#position > this.bytes.length * 8;
  }

  bit(): number {
    const byte = this.bytes[this.#position >> 3] ?? 0;
    return (byte >> (7 - (this.#position++ & 7))) & 1;
  }

  bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = value * 2 + this.bit();
    return value;
  }

  skip(count: number): void {
    this.#position += count;
  }

  /** Unsigned Exp-Golomb code (ITU-T H.264, 9.1). */
  unsignedGolomb(): number {
    let zeros = 0;
    while (zeros < 32 && this.bit() === 0) zeros++;
    return 2 ** zeros - 1 + this.bits(zeros);
  }

  /** Signed Exp-Golomb code (ITU-T H.264, 9.1.1). */
  signedGolomb(): number {
    const code = this.unsignedGolomb();
    return code & 1 ? (code + 1) / 2 : -code / 2;
  }
}
