import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = readonly [Address, number];

const parse = (text: string): Address => ipaddr.process(text.replace(/^\[|\]$|%.*$/g, ''));

const networkOf = (text: string): Network => {
  if (text.includes('/')) return ipaddr.parseCIDR(text);
  const address = parse(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
};

/** What the Internet routes to one host. Of IPv6 that is 2000::/3 alone: whatever else there is embeds an IPv4 address, or is local. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');
const isPublic = (address: Address): boolean => {
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || (address as ipaddr.IPv6).match(GLOBAL_IPV6);
};

/**
 * Which addresses webhooks may be sent to: those of the Internet over TLS, and those of the allowed networks. Loopback,
 * private, link-local (where clouds keep credentials), shared, multicast and reserved ones are not among the Internet's, nor
 * are those that carry an IPv4 address inside: a receiver must not lead Parley to what its own network trusts it with.
 */
export class ReachableAddresses {
  private readonly networks: readonly Network[];

  /** @param allowed CIDR or single addresses */
  constructor(allowed: readonly string[]) {
    this.networks = allowed.map(networkOf);
  }

  /** Whether anything at all may be called without TLS. */
  get mayLackTls(): boolean {
    return this.networks.length > 0;
  }

  /** Why an address must not be called, in words for an administrator; undefined when it may. */
  refusal(text: string, protocol: string): string | undefined {
    const address = parse(text);
    const allowed = this.networks.some(
      ([network, bits]) => network.kind() === address.kind() && address.match(network, bits),
    );
    if (allowed) return undefined;
    if (!isPublic(address))
      return 'the address is private or reserved; PARLEY_WEBHOOK_ALLOWED_NETWORKS can allow its network';
    return protocol === 'https:'
      ? undefined
      : 'only allowed networks may be called without TLS: use https://';
  }
}
