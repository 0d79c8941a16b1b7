import type { FileHandle } from 'node:fs/promises';

const CHUNK_BYTES = 256 << 10;

/** A piece of a file in memory: reading byte by byte would wait for the disk each time. */
export class FileWindow {
  #start = 0;
  #bytes = Buffer.alloc(0);

  constructor(private readonly file: FileHandle) {}

  /** Bytes from `offset` if the window holds them all. */
  look(offset: number, length: number): Buffer | undefined {
    const from = offset - this.#start;
    const holds = from >= 0 && from + length <= this.#bytes.length;
    return holds ? this.#bytes.subarray(from, from + length) : undefined;
  }

  /** Moves the window to `offset`, and answers the bytes from there; fewer only at the end of the file. */
  async move(offset: number, length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(Math.max(length, CHUNK_BYTES));
    const { bytesRead } = await this.file.read(bytes, 0, bytes.length, offset);
    this.#start = offset;
    this.#bytes = bytes.subarray(0, bytesRead);
    return this.#bytes.subarray(0, length);
  }
}
