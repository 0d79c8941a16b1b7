import { describe, expect, it } from '@jest/globals';
import { ReachableAddresses } from './reachable-addresses.js';

const nothing = new ReachableAddresses([]);

describe('addresses that webhooks may be sent to', () => {
  it.each(['8.8.8.8', '93.184.216.34', '2606:4700::1111', '::ffff:8.8.8.8'])(
    'of the Internet: %s',
    address => {
      expect(nothing.refusal(address, 'https:')).toBeUndefined();
      expect(nothing.refusal(address, 'http:')).toMatch(/https/);
    },
  );

  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '192.0.0.8',
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::10.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:a00:1',
    '::ffff:0:10.0.0.1',
    '64:ff9b::10.0.0.1',
    '64:ff9b::8.8.8.8',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2001::1',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd12:3456::1',
    'fec0::1',
    'ff02::1',
    '2001:db8::1',
    '4000::1',
  ])('never private, local, shared or reserved, in whichever dress: %s', address => {
    expect(nothing.refusal(address, 'https:')).toMatch(/private or reserved/);
  });

  it('those of allowed networks too, also without TLS', () => {
    const some = new ReachableAddresses(['10.0.0.0/8', '127.0.0.1', 'fd00::/8']);
    for (const address of ['10.9.9.9', '127.0.0.1', '::ffff:10.0.0.1', 'fd00::7']) {
      expect(some.refusal(address, 'http:')).toBeUndefined();
    }
    for (const address of ['127.0.0.2', '11.0.0.1', '::1', 'fc00::1']) {
      expect(some.refusal(address, 'http:')).toBeDefined();
    }
    expect([nothing.mayLackTls, some.mayLackTls]).toEqual([false, true]);
  });
});
