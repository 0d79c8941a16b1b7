import { describe, expect, it } from '@jest/globals';
import { localAddress } from './local-address.js';

describe('localAddress', () => {
  it('is the address listened on', () => {
    expect(localAddress('192.0.2.7', 8080)).toBe('http://192.0.2.7:8080');
  });

  it('is the loopback where every address is listened on', () => {
    expect(localAddress('0.0.0.0', 1)).toBe('http://127.0.0.1:1');
    expect(localAddress('::', 1)).toBe('http://[::1]:1');
  });

  it('puts an IPv6 address in brackets', () => {
    expect(localAddress('2001:db8::1', 80)).toBe('http://[2001:db8::1]:80');
  });
});
