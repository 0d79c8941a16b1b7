import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTexts } from './write-texts.js';

describe('writeTexts', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'parley-texts-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  async function* each(texts: readonly string[]): AsyncGenerator<string> {
    yield* texts;
  }

  it('writes all texts, also such as are longer than its buffer and not of ASCII', async () => {
    const texts = ['', 'a', '山'.repeat(200_001), '👩‍💻'.repeat(60_001), 'end\n'];
    await writeTexts(join(directory, 'file'), each(texts));
    expect(readFileSync(join(directory, 'file'), 'utf8')).toBe(texts.join(''));
  });

  it('writes over no file that is there', async () => {
    await writeTexts(join(directory, 'file'), each(['old']));
    await expect(writeTexts(join(directory, 'file'), each(['new']))).rejects.toThrow('EEXIST');
    expect(readFileSync(join(directory, 'file'), 'utf8')).toBe('old');
  });

  it('fails as its texts fail', async () => {
    async function* failing(): AsyncGenerator<string> {
      yield 'half';
      throw new Error('Broken');
    }
    await expect(writeTexts(join(directory, 'file'), failing())).rejects.toThrow('Broken');
  });
});
