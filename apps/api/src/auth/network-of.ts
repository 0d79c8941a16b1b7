import ipaddr from 'ipaddr.js';

/** Bytes of an IPv6 address that name the network. */
const NETWORK_BYTES = 8;

/** An address, with the port that some proxies write behind it. */
const WITH_PORT = /^(?:\[([^\]]+)\](?::\d+)?|([\d.]+):\d+)$/;

/**
 * Whoever has an address: an IPv4 address, or the network of an IPv6 one, since who has one address of it has all 2^64. The same
 * for all ways to write it. What is no address is itself.
 */
export const networkOf = (text: string): string => {
  const [, inBrackets, beforePort] = WITH_PORT.exec(text) ?? [];
  const address = (inBrackets ?? beforePort ?? text).replace(/%.*$/, '');
  if (!ipaddr.isValid(address)) return text;
  const read = ipaddr.process(address);
  if (read.kind() === 'ipv4') return read.toString();
  return `${Buffer.from(read.toByteArray().slice(0, NETWORK_BYTES)).toString('hex')}/64`;
};
