import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP } from 'node:net';
import { buildConnector } from 'undici';
import type { ReachableAddresses } from './reachable-addresses.js';

/** The address to which a name leads, or which was given, must not be called. */
export class AddressRefused extends Error {
  readonly code = 'ADDRESS_REFUSED';
}

/** As `dns.lookup` with `all`. */
export type Resolve = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

type LookedUp = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/**
 * Connects as undici does, to addresses that may be called. They are checked where they are used, in the socket's own lookup:
 * a name that leads elsewhere by the time of the connection is checked then. One bad address among several refuses them all.
 */
export const guardedConnector = (
  reachable: ReachableAddresses,
  options: buildConnector.BuildOptions = {},
  resolve: Resolve = systemLookup,
): buildConnector.connector => {
  const lookupFor =
    (protocol: string) =>
    (hostname: string, wanted: LookupOptions, callback: LookedUp): void =>
      resolve(hostname, { ...wanted, all: true }, (error, addresses) => {
        if (error) return callback(error, []);
        for (const { address } of addresses) {
          const reason = reachable.refusal(address, protocol);
          if (reason !== undefined) return callback(new AddressRefused(reason), []);
        }
        const [first] = addresses;
        if (!first) return callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), []);
        return wanted.all ? callback(null, addresses) : callback(null, first.address, first.family);
      });
  const connectors = new Map(
    ['http:', 'https:'].map(protocol => [
      protocol,
      buildConnector({ ...options, lookup: lookupFor(protocol) }),
    ]),
  );
  return (target, callback) => {
    const { protocol } = target;
    const hostname = target.hostname.replace(/^\[|\]$/g, '');
    const connect = connectors.get(protocol);
    if (!connect) return callback(new AddressRefused('only http:// and https:// are called'), null);
    // No lookup is made for what is an address already.
    const reason = isIP(hostname) ? reachable.refusal(hostname, protocol) : undefined;
    if (reason !== undefined) return callback(new AddressRefused(reason), null);
    return connect(target, (error, socket) => {
      if (error) return callback(error, null);
      const reached = socket.remoteAddress;
      const refused = reached === undefined ? undefined : reachable.refusal(reached, protocol);
      if (refused === undefined) return callback(null, socket);
      socket.destroy();
      return callback(new AddressRefused(refused), null);
    });
  };
};
