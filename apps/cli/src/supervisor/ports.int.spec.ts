import { afterEach, describe, expect, it } from '@jest/globals';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { apiPort, checkMediaPorts } from './ports.js';
import { StartError } from './start-error.js';

const HOST = '127.0.0.1';

describe('ports', () => {
  const closing: (() => void)[] = [];
  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });
  const takenTcp = async (): Promise<number> => {
    const server = createServer().listen(0, HOST);
    closing.push(() => server.close());
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const takenUdp = async (): Promise<number> => {
    const socket = createSocket('udp4').bind(0, HOST);
    closing.push(() => socket.close());
    await once(socket, 'listening');
    return socket.address().port;
  };

  it('refuses an api port that is in use, and names the setting', async () => {
    const port = await takenTcp();
    await expect(apiPort(HOST, port)).rejects.toThrow(
      `Port ${port} on ${HOST} is in use by another program. Free it, or set PORT (or PARLEY_HOST).`,
    );
  });

  it('refuses an address that is not this machine’s', async () => {
    await expect(apiPort('192.0.2.1', 0)).rejects.toThrow('is not an address of this machine');
  });

  it('finds a free port where any will do', async () => {
    const port = await apiPort(HOST, 0);
    expect(port).toBeGreaterThan(0);
    await expect(apiPort(HOST, port)).resolves.toBe(port);
  });

  it('refuses a media port that is in use over UDP or over TCP, of whichever worker', async () => {
    const udp = await takenUdp();
    await expect(checkMediaPorts(HOST, udp, 1)).rejects.toThrow(StartError);
    const tcp = await takenTcp();
    await expect(checkMediaPorts(HOST, tcp, 1)).rejects.toThrow(`Media port ${tcp} on ${HOST} is in use`);
    await expect(checkMediaPorts(HOST, tcp - 1, 2)).rejects.toThrow(`Media port`);
  });

  it('checks no media port where the system is to choose', async () => {
    await expect(checkMediaPorts(HOST, 0, 3)).resolves.toBeUndefined();
  });
});
