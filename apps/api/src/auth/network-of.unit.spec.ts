import { describe, expect, it } from '@jest/globals';
import { networkOf } from './network-of.js';

describe('whoever has an address', () => {
  it.each([
    ['whose network ends in zeros', '2001:db8::1', '2001:db8::a:b:c:d'],
    ['whose network has zeros within', '2001:db8:0:7::1', '2001:db8:0:7:ffff::2'],
    ['that is written in another way', '2001:db8:1:2::1', '2001:0DB8:0001:0002:0:0:0:0009'],
    ['with a zone or a port', 'fe80::1%eth0', '[fe80::2]:4711'],
  ])('has all of an IPv6 network %s', (_what, one, other) => {
    expect(networkOf(other)).toBe(networkOf(one));
  });

  it('has no other IPv6 network', () => {
    const all = ['2001:db8::1', '2001:db8:0:1::1', '2001:db8:1::1', '2001:db9::1', '::1'].map(networkOf);
    expect(new Set(all).size).toBe(all.length);
  });

  it('has one IPv4 address, also behind a port or within IPv6', () => {
    for (const one of ['203.0.113.7', '203.0.113.7:50123', '::ffff:203.0.113.7', '::ffff:cb00:7107'])
      expect(networkOf(one)).toBe('203.0.113.7');
    expect(networkOf('203.0.113.8')).not.toBe(networkOf('203.0.113.7'));
  });

  it('is somebody where it is no address, too', () => {
    expect(networkOf('unknown')).toBe('unknown');
    expect(networkOf('')).toBe('');
  });
});
