import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { ebmlElement, ebmlId, ebmlSize, ebmlUnsigned, UNKNOWN_SIZE } from './ebml.js';
import { ID } from './element-ids.js';
import { fileHeader, type TrackHeader } from './track-header.js';

/** A cluster this old is followed by another; block times within one are 16 bits, signed, in milliseconds. */
const CLUSTER_MS = 5000;

export interface MediaBlock {
  /** Milliseconds; rounded, and never below zero. */
  readonly at: number;
  readonly keyFrame: boolean;
  readonly data: Buffer;
}

/**
 * Writes one track to a Matroska file (RFC 9559), only ever appending: segment and clusters have unknown sizes, so that
 * a file cut off anywhere is whole up to its last whole block. What is written reaches the file with `flush`.
 */
export class MatroskaWriter {
  readonly #file: number;
  #queue: Buffer[] = [];
  /** Bytes in the file, all of them whole blocks. */
  #length = 0;
  #cluster: number | undefined;

  /** Creates the file. @throws Error of the file system; `EEXIST`, since a recorded track is never overwritten. */
  constructor(path: string, header: TrackHeader) {
    this.#file = openSync(path, 'wx');
    this.#queue.push(fileHeader(header));
    try {
      this.flush();
    } catch (error) {
      closeSync(this.#file);
      throw error;
    }
  }

  write({ at, keyFrame, data }: MediaBlock): void {
    const time = Math.max(0, Math.round(at));
    const since = this.#cluster === undefined ? Infinity : time - this.#cluster;
    // A cluster at each key frame: that is where readers begin.
    if (since < 0 || since > CLUSTER_MS || (keyFrame && since > 1000)) this.#beginCluster(time);
    const head = Buffer.alloc(4);
    head[0] = 0x81; // track 1
    head.writeInt16BE(time - this.#cluster!, 1);
    head[3] = keyFrame ? 0x80 : 0;
    this.#queue.push(ebmlId(ID.simpleBlock), ebmlSize(head.length + data.length), head, data);
  }

  /** @throws Error of the file system, for example of a full disk; what was not written by then is dropped. */
  flush(): void {
    if (this.#queue.length === 0) return;
    const bytes = Buffer.concat(this.#queue);
    this.#queue = [];
    try {
      for (let written = 0; written < bytes.length;) {
        written += writeSync(this.#file, bytes, written, bytes.length - written, this.#length + written);
      }
      this.#length += bytes.length;
    } catch (error) {
      // Half a block would spoil all that follows it.
      ftruncateSync(this.#file, this.#length);
      this.#cluster = undefined;
      throw error;
    }
  }

  close(): void {
    try {
      this.flush();
    } finally {
      closeSync(this.#file);
    }
  }

  #beginCluster(time: number): void {
    this.#cluster = time;
    this.#queue.push(ebmlId(ID.cluster), UNKNOWN_SIZE, ebmlElement(ID.timestamp, ebmlUnsigned(time)));
  }
}
