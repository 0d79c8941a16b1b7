import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCompletely } from './output-file.js';

describe('writeCompletely', () => {
  let directory: string;
  let file: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'parley-output-'));
    file = join(directory, 'out');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const writing =
    (text: string) =>
    async (draft: string): Promise<void> => {
      writeFileSync(draft, text, { flag: 'wx' });
      expect(readdirSync(directory)).not.toContain('new');
    };

  it('puts the file in its place once it is complete', async () => {
    await writeCompletely(file, false, async draft => {
      writeFileSync(draft, 'whole');
      expect(readdirSync(directory)).not.toContain('out');
    });
    expect(readdirSync(directory)).toEqual(['out']);
    expect(readFileSync(file, 'utf8')).toBe('whole');
  });

  it('leaves nothing behind when writing fails', async () => {
    const failing = writeCompletely(file, false, async draft => {
      writeFileSync(draft, 'half');
      throw new Error('Broken');
    });
    await expect(failing).rejects.toThrow('Broken');
    expect(readdirSync(directory)).toEqual([]);
  });

  it('overwrites only when forced, also what came meanwhile', async () => {
    writeFileSync(file, 'old');
    await expect(writeCompletely(file, false, writing('new'))).rejects.toThrow('exists already');
    expect(readFileSync(file, 'utf8')).toBe('old');
    await writeCompletely(file, true, writing('new'));
    expect(readFileSync(file, 'utf8')).toBe('new');
    rmSync(file);
    const meanwhile = writeCompletely(file, false, async draft => {
      writeFileSync(draft, 'late');
      writeFileSync(file, 'first');
    });
    await expect(meanwhile).rejects.toThrow('exists already');
    expect(readFileSync(file, 'utf8')).toBe('first');
    expect(readdirSync(directory)).toEqual(['out']);
  });

  it('says why it cannot write there', async () => {
    const open = (path: string) => writeCompletely(path, false, async draft => writeFileSync(draft, ''));
    await expect(open(join(directory, 'no/such'))).rejects.toThrow('there is no such directory');
    await expect(open(directory)).rejects.toThrow('is a directory');
    mkdirSync(join(directory, 'taken'));
    await expect(writeCompletely(join(directory, 'taken'), true, writing(''))).rejects.toThrow(
      'is a directory',
    );
  });
});
