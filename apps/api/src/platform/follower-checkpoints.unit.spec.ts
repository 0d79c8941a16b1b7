import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FollowerCheckpoints } from './follower-checkpoints.js';

describe('FollowerCheckpoints', () => {
  let directory: string;
  let file: string;
  const open = (): FollowerCheckpoints =>
    new FollowerCheckpoints(file, error => {
      throw error;
    });
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'parley-checkpoints-'));
    file = join(directory, 'followers.json');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('knows after a restart what was saved before it', async () => {
    const before = open();
    before.set('media', 0);
    before.set('recordings', 42);
    await before.save();
    const after = open();
    expect([after.get('media'), after.get('recordings'), after.get('others')]).toEqual([0, 42, undefined]);
  });

  it('leaves one file, and writes nothing when nothing changed', async () => {
    const checkpoints = open();
    checkpoints.set('media', 1);
    await checkpoints.save();
    writeFileSync(file, 'untouched');
    await checkpoints.save();
    expect(readdirSync(directory)).toEqual(['followers.json']);
    expect(readFileSync(file, 'utf8')).toBe('untouched');
  });

  it.each(['', 'null', '[1', '{"media":"5"}', '{"media":1.5}'])(
    'a file that holds %j is told of and counts for nothing',
    async text => {
      writeFileSync(file, text);
      const told: unknown[] = [];
      const checkpoints = new FollowerCheckpoints(file, error => told.push(error));
      expect(told).toHaveLength(1);
      expect(checkpoints.get('media')).toBeUndefined();
      checkpoints.set('media', 7);
      await checkpoints.save();
      expect(open().get('media')).toBe(7);
    },
  );
});
