import { open } from 'node:fs/promises';
import { MOST_HEAD_BYTES, parseElementHead } from './element-head.js';
import { ID } from './element-ids.js';
import { FileWindow } from './file-window.js';

export interface ReadBlock {
  /** Milliseconds. */
  readonly at: number;
  readonly keyFrame: boolean;
  /** Empty unless asked for. */
  readonly data: Buffer;
}

const MOST_BLOCK_BYTES = 16 << 20;
const NO_DATA = Buffer.alloc(0);
/** Elements whose content is read as elements of its own. */
const CONTAINERS: ReadonlySet<number> = new Set([ID.segment, ID.cluster, ID.blockGroup]);

/**
 * Reads the blocks of a Matroska file of one track and millisecond times, as {@link MatroskaWriter} writes them, in
 * batches: a wait for each of an hour's blocks would take seconds. Ends without an error where the file is cut off or no
 * longer makes sense.
 */
export async function* readBlocks(path: string, withData: boolean): AsyncGenerator<readonly ReadBlock[]> {
  const file = await open(path);
  try {
    const { size: fileSize } = await file.stat();
    const window = new FileWindow(file);
    let batch: ReadBlock[] = [];
    let clusterTime = 0;
    for (let offset = 0; offset < fileSize;) {
      let bytes = window.look(offset, MOST_HEAD_BYTES);
      if (!bytes) {
        yield batch;
        batch = [];
        bytes = await window.move(offset, MOST_HEAD_BYTES);
      }
      const head = parseElementHead(bytes);
      if (!head) break;
      const content = offset + head.length;
      offset = content;
      if (CONTAINERS.has(head.id)) continue;
      if (head.size === undefined || content + head.size > fileSize) break;
      offset = content + head.size;
      if (head.id === ID.timestamp && head.size > 0 && head.size <= 6) {
        const time = window.look(content, head.size) ?? (await window.move(content, head.size));
        clusterTime = time.readUIntBE(0, head.size);
      }
      if (head.id !== ID.simpleBlock && head.id !== ID.block) continue;
      if (head.size < 4 || head.size > MOST_BLOCK_BYTES) break;
      const wanted = withData ? head.size : 4;
      const block = window.look(content, wanted) ?? (await window.move(content, wanted));
      batch.push({
        at: clusterTime + block.readInt16BE(1),
        keyFrame: (block[3]! & 0x80) !== 0,
        // Not a copy: a batch does not outlive its window by much.
        data: withData ? block.subarray(4) : NO_DATA,
      });
    }
    yield batch;
  } finally {
    await file.close();
  }
}
