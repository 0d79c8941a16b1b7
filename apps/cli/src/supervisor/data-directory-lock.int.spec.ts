import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockDataDirectory } from './data-directory-lock.js';
import { StartError } from './start-error.js';

/** Takes the lock as another process would, and holds it. */
const HOLDER = `
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(process.argv[1]);
  database.exec('BEGIN EXCLUSIVE');
  console.log('held');
  setInterval(() => {}, 1000);`;

describe('lockDataDirectory', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'parley-lock-'));
  });
  afterEach(() => {
    rmSync(dir, { recursive: true });
  });

  it('refuses a second holder in a sentence that names the directory', () => {
    const lock = lockDataDirectory(dir);
    expect(() => lockDataDirectory(dir)).toThrow(StartError);
    expect(() => lockDataDirectory(dir)).toThrow(`Another "parley up" runs on the data directory ${dir}.`);
    lock.release();
  });

  it('is free again once released', () => {
    lockDataDirectory(dir).release();
    lockDataDirectory(dir).release();
  });

  it('is taken from a process that was killed with -9, and from no living one', async () => {
    lockDataDirectory(dir).release();
    const holder = spawn(process.execPath, ['-e', HOLDER, join(dir, 'parley-up.lock')]);
    await once(holder.stdout, 'data');
    expect(() => lockDataDirectory(dir)).toThrow(StartError);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    lockDataDirectory(dir).release();
  });

  it('leaves other directories alone', () => {
    const lock = lockDataDirectory(join(dir, 'one'));
    lockDataDirectory(join(dir, 'two')).release();
    lock.release();
  });

  it('says in a sentence why a directory cannot be used', () => {
    writeFileSync(join(dir, 'file'), '');
    expect(() => lockDataDirectory(join(dir, 'file', 'data'))).toThrow(/cannot be used: .*ENOTDIR/);
  });
});
