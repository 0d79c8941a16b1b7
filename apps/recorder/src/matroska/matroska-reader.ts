import { open, type FileHandle } from 'node:fs/promises';
import { ID } from './element-ids.js';

export interface ReadBlock {
  /** Milliseconds. */
  readonly at: number;
  readonly keyFrame: boolean;
  /** Empty unless asked for. */
  readonly data: Buffer;
}

const CHUNK_BYTES = 256 << 10;
/** Longest head of an element: id, size, and a block's track number, time and flags. */
const HEAD_BYTES = 20;
const MOST_BLOCK_BYTES = 16 << 20;
/** Elements whose content is read as elements of its own. */
const CONTAINERS: ReadonlySet<number> = new Set([ID.segment, ID.cluster, ID.blockGroup]);

/** Reads a file in large pieces, so that most looks cost no waiting. */
class FileWindow {
  #start = 0;
  #bytes = Buffer.alloc(0);

  constructor(private readonly file: FileHandle) {}

  /** At most `length` bytes from `offset`; fewer only at the end of the file. */
  async look(offset: number, length: number): Promise<Buffer> {
    const from = offset - this.#start;
    if (from < 0 || from + length > this.#bytes.length) {
      const bytes = Buffer.alloc(Math.max(length, CHUNK_BYTES));
      const { bytesRead } = await this.file.read(bytes, 0, bytes.length, offset);
      this.#start = offset;
      this.#bytes = bytes.subarray(0, bytesRead);
    }
    return this.#bytes.subarray(offset - this.#start, offset - this.#start + length);
  }
}

interface Head {
  readonly id: number;
  /** Undefined: unknown. */
  readonly size: number | undefined;
  readonly length: number;
}

/** Id and size at the start of an element; undefined when there is no whole one (RFC 8794, 4 to 6). */
const parseHead = (bytes: Buffer): Head | undefined => {
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

/**
 * Reads the blocks of a Matroska file of one track and millisecond times, as {@link MatroskaWriter} writes them. Ends
 * without an error where the file is cut off or no longer makes sense.
 */
export async function* readBlocks(path: string, withData: boolean): AsyncGenerator<ReadBlock> {
  const file = await open(path);
  try {
    const { size: fileSize } = await file.stat();
    const window = new FileWindow(file);
    let clusterTime = 0;
    for (let offset = 0; offset < fileSize;) {
      const head = parseHead(await window.look(offset, HEAD_BYTES));
      if (!head) return;
      const content = offset + head.length;
      if (CONTAINERS.has(head.id)) {
        offset = content;
        continue;
      }
      if (head.size === undefined || content + head.size > fileSize) return;
      offset = content + head.size;
      if (head.id === ID.timestamp && head.size > 0 && head.size <= 6) {
        clusterTime = (await window.look(content, head.size)).readUIntBE(0, head.size);
      }
      if (head.id !== ID.simpleBlock && head.id !== ID.block) continue;
      if (head.size < 4 || head.size > MOST_BLOCK_BYTES) return;
      const block = await window.look(content, withData ? head.size : 4);
      if (block.length < 4) return;
      yield {
        at: clusterTime + block.readInt16BE(1),
        keyFrame: (block[3]! & 0x80) !== 0,
        data: withData ? Buffer.from(block.subarray(4)) : Buffer.alloc(0),
      };
    }
  } finally {
    await file.close();
  }
}
