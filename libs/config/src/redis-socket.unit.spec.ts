import { describe, expect, it } from '@jest/globals';
import { redisSocket } from './redis-socket.js';

describe('redisSocket', () => {
  it('lies in the data directory', () => {
    expect(redisSocket('/srv/parley')).toBe('/srv/parley/redis.sock');
  });

  it('is short enough for a unix socket however deep the data directory lies', () => {
    const deep = `/srv/${'a-long-folder-name/'.repeat(20)}`;
    expect(Buffer.byteLength(redisSocket(deep))).toBeLessThanOrEqual(104);
    expect(redisSocket(deep)).toBe(redisSocket(deep));
  });

  it('differs between two deep data directories', () => {
    const deep = `/srv/${'a-long-folder-name/'.repeat(20)}`;
    expect(redisSocket(`${deep}one`)).not.toBe(redisSocket(`${deep}two`));
  });

  it('counts bytes, not characters', () => {
    expect(redisSocket(`/${'ü'.repeat(60)}`)).not.toContain('ü');
  });
});
