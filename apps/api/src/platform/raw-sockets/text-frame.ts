/** First byte of a frame that is a whole message of text. */
const WHOLE_TEXT = 0x81;

/**
 * A text message as a server sends it over a WebSocket (RFC 6455, section 5.2): made once, it goes to any number of connections
 * in one write each.
 */
export class TextFrame {
  readonly bytes: Buffer;
  private readonly textAt: number;

  constructor(text: string) {
    const length = Buffer.byteLength(text);
    this.textAt = length < 126 ? 2 : length < 0x1_0000 ? 4 : 10;
    this.bytes = Buffer.allocUnsafe(this.textAt + length);
    this.bytes[0] = WHOLE_TEXT;
    if (this.textAt === 2) this.bytes[1] = length;
    else if (this.textAt === 4) {
      this.bytes[1] = 126;
      this.bytes.writeUInt16BE(length, 2);
    } else {
      this.bytes[1] = 127;
      this.bytes.writeBigUInt64BE(BigInt(length), 2);
    }
    this.bytes.write(text, this.textAt);
  }

  get text(): string {
    return this.bytes.toString('utf8', this.textAt);
  }
}
