import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { StartError } from './start-error.js';

const whyNot = (error: NodeJS.ErrnoException): string =>
  ({
    EADDRINUSE: 'is in use by another program',
    EACCES: 'may not be used by this user',
    EADDRNOTAVAIL: 'is not an address of this machine',
  })[error.code ?? ''] ?? `cannot be used (${error.message})`;

/** Binds a TCP port for a moment. @returns the port bound, which matters for port 0 */
const tryTcp = (host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });

const tryUdp = (host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    socket.once('error', reject);
    socket.bind({ address: host, port, exclusive: true }, () => socket.close(() => resolve()));
  });

/**
 * Finds out whether the api can have its port, and which one it is to be where any will do.
 * @throws StartError in a sentence that names the setting
 */
export const apiPort = async (host: string, port: number): Promise<number> => {
  try {
    return await tryTcp(host, port);
  } catch (error) {
    throw new StartError(
      `Port ${port} on ${host} ${whyNot(error as NodeJS.ErrnoException)}. Free it, or set PORT (or PARLEY_HOST).`,
    );
  }
};

/** The same for the UDP and TCP ports of the media workers; 0 lets the system choose, and needs no check. */
export const checkMediaPorts = async (host: string, first: number, workers: number): Promise<void> => {
  if (first === 0) return;
  for (let port = first; port < first + workers; port += 1) {
    try {
      await tryTcp(host, port);
      await tryUdp(host, port);
    } catch (error) {
      const why = whyNot(error as NodeJS.ErrnoException);
      throw new StartError(
        `Media port ${port} on ${host} ${why}. Free it, or set PARLEY_MEDIA_PORT (or PARLEY_MEDIA_HOST).`,
      );
    }
  }
};
