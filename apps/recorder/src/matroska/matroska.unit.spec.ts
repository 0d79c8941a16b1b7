import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ebmlElement, ebmlSize, ebmlUnsigned } from './ebml.js';
import { MatroskaWriter, type MediaBlock } from './matroska-writer.js';
import { readBlocks } from './matroska-reader.js';

let directory: string;
let files = 0;
const newPath = (): string => join(directory, `${files++}.mkv`);
beforeAll(() => void (directory = mkdtempSync(join(tmpdir(), 'parley-matroska-'))));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const VIDEO = { codec: 'V_VP8', width: 320, height: 180 } as const;
const write = (blocks: readonly MediaBlock[], path = newPath()): string => {
  const writer = new MatroskaWriter(path, VIDEO);
  for (const block of blocks) writer.write(block);
  writer.close();
  return path;
};
const read = async (path: string): Promise<MediaBlock[]> => {
  const blocks: MediaBlock[] = [];
  for await (const batch of readBlocks(path, true)) blocks.push(...batch);
  return blocks;
};
const blocks = Array.from({ length: 20 }, (_, i) => ({
  at: i * 400,
  keyFrame: i % 8 === 0,
  data: Buffer.from(`frame ${i}`),
}));

describe('EBML', () => {
  test('writes sizes in as few bytes as hold them, all ones being reserved', () => {
    expect([0, 126, 127, 16_382, 16_383].map(size => ebmlSize(size).toString('hex'))).toEqual([
      '80',
      'fe',
      '407f',
      '7ffe',
      '203fff',
    ]);
  });

  test('writes ids, sizes and numbers as in RFC 8794', () => {
    expect(ebmlElement(0x4286, ebmlUnsigned(1)).toString('hex')).toBe('42868101');
    expect(ebmlUnsigned(0).toString('hex')).toBe('00');
    expect(ebmlUnsigned(2 ** 40).toString('hex')).toBe('010000000000');
  });
});

describe('a Matroska file', () => {
  test('begins with the EBML header and a segment of unknown size', () => {
    const bytes = readFileSync(write([])).toString('hex');
    expect(bytes.startsWith('1a45dfa3')).toBe(true);
    expect(bytes).toContain('1853806701ffffffffffffff1549a966');
    expect(bytes).toContain(`86${'85'}${Buffer.from('V_VP8').toString('hex')}`);
  });

  test('holds blocks as they were written', async () => {
    expect(await read(write(blocks))).toEqual(blocks);
  });

  test('begins a cluster, of unknown size, at key frames and after five seconds', () => {
    const bytes = readFileSync(write(blocks)).toString('hex');
    expect(bytes.split('1f43b67501ffffffffffffffe7')).toHaveLength(1 + 3);
  });

  test('cut off anywhere it is whole up to its last whole block', async () => {
    const path = write(blocks);
    const whole = readFileSync(path);
    for (let length = 0; length < whole.length; length += 7) {
      writeFileSync(path, whole);
      truncateSync(path, length);
      const found = await read(path);
      expect(found).toEqual(blocks.slice(0, found.length));
    }
  });

  test('has nothing but whole blocks after each flush', async () => {
    const path = newPath();
    const writer = new MatroskaWriter(path, VIDEO);
    for (const [i, block] of blocks.entries()) {
      writer.write(block);
      writer.flush();
      expect(await read(path)).toHaveLength(i + 1);
    }
    writer.close();
  });

  test('is never overwritten', () => {
    const path = write(blocks);
    expect(() => write([], path)).toThrow('EEXIST');
  });

  test('of garbage is read to its end without an error', async () => {
    const path = write(blocks);
    const whole = readFileSync(path);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.nat(whole.length), async (garbage, at) => {
        writeFileSync(path, Buffer.concat([whole.subarray(0, at), garbage, whole.subarray(at)]));
        await read(path);
        writeFileSync(path, garbage);
        await read(path);
      }),
    );
  });
});
