import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RotatingLog } from './rotating-log.js';

describe('RotatingLog', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'parley-log-'));
  });
  afterEach(() => {
    rmSync(dir, { recursive: true });
  });
  const contents = () =>
    Object.fromEntries(readdirSync(dir).map(name => [name, readFileSync(join(dir, name), 'utf8')]));

  it('appends to what an earlier run wrote', () => {
    for (const line of ['first', 'second']) {
      const log = new RotatingLog(join(dir, 'api.log'));
      log.write(line);
      log.close();
    }
    expect(contents()).toEqual({ 'api.log': 'first\nsecond\n' });
  });

  it('sets a full log aside, keeps three of them, and loses no line of those', () => {
    const log = new RotatingLog(join(dir, 'api.log'), 4);
    for (const line of ['one', 'two', 'three', 'four', 'five']) log.write(line);
    log.close();
    expect(contents()).toEqual({
      'api.log': 'five\n',
      'api.log.1': 'four\n',
      'api.log.2': 'three\n',
      'api.log.3': 'two\n',
    });
  });

  it('makes the folder that it lies in', () => {
    const log = new RotatingLog(join(dir, 'logs', 'api.log'));
    log.write('line');
    log.close();
    expect(readFileSync(join(dir, 'logs', 'api.log'), 'utf8')).toBe('line\n');
  });
});
