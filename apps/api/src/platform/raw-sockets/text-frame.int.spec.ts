import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import { TextFrame } from './text-frame.js';

describe('a text message, written by us and read by ws', () => {
  let server: WebSocketServer;
  beforeAll(async () => {
    server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await once(server, 'listening');
  });
  afterAll(() => new Promise(resolve => server.close(resolve)));

  const read = async (...texts: readonly string[]): Promise<string[]> => {
    server.once('connection', (socket, { socket: connection }) => {
      for (const text of texts) connection.write(new TextFrame(text).bytes);
      socket.close();
    });
    const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const received: string[] = [];
    client.on('message', (data, isBinary) => {
      expect(isBinary).toBe(false);
      received.push((data as Buffer).toString());
    });
    await once(client, 'close');
    return received;
  };

  it.each([0, 1, 125, 126, 127, 65_535, 65_536, 200_000])('of %i bytes is read as it was', async length => {
    const text = 'x'.repeat(length);
    expect(await read(text, 'the next one')).toEqual([text, 'the next one']);
    expect(new TextFrame(text).text).toBe(text);
  });

  it('has its bytes counted, not its characters', async () => {
    const text = '€'.repeat(60);
    expect(await read(text, text)).toEqual([text, text]);
    expect(new TextFrame(text).text).toBe(text);
  });
});
