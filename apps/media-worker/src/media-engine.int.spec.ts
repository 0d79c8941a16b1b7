import { describe, expect, test } from '@jest/globals';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { portOf, startMediaEngine } from './media-engine.js';
import { MEDIA } from './media-for-tests.js';

describe('the media engine', () => {
  test('each slot has its own port, counted up from the configured one', () => {
    expect(portOf({ port: 40_000 }, '1')).toBe(40_000);
    expect(portOf({ port: 40_000 }, '3')).toBe(40_002);
    expect(portOf({ port: 0 }, 'anything')).toBe(0);
    expect(() => portOf({ port: 40_000 }, 'left')).toThrow('PARLEY_SLOT "left"');
    expect(() => portOf({ port: 65_535 }, '2')).toThrow('PARLEY_SLOT "2"');
  });

  test('it listens over UDP and TCP, and announces the announced address', async () => {
    const engine = await startMediaEngine({ media: { ...MEDIA, announcedAddress: '192.0.2.1' }, slot: '1' });
    const { udpSockets, tcpServers } = await engine.webRtcServer.dump();
    expect([udpSockets[0]?.ip, tcpServers[0]?.ip]).toEqual(['127.0.0.1', '127.0.0.1']);
    const router = await engine.worker.createRouter();
    const transport = await router.createWebRtcTransport({ webRtcServer: engine.webRtcServer });
    expect(new Set(transport.iceCandidates.map(candidate => candidate.address))).toEqual(
      new Set(['192.0.2.1']),
    );
    expect(new Set(transport.iceCandidates.map(candidate => candidate.protocol))).toEqual(
      new Set(['udp', 'tcp']),
    );
    await engine.close();
  });

  test('a port in use is told in a sentence, and no process is left', async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    const { port } = occupant.address() as AddressInfo;
    await expect(startMediaEngine({ media: { ...MEDIA, port }, slot: '1' })).rejects.toThrow(
      `media cannot listen on 127.0.0.1, port ${port} (UDP and TCP)`,
    );
    occupant.close();
  });
});
