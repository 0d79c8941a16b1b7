import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Refusal } from '../refusal.js';

/** Answers a request for a socket with plain HTTP and closes the connection. */
export const refuseUpgrade = (
  socket: Duplex,
  { status, retryAfter }: Refusal,
  headers: Readonly<Record<string, string>>,
  body: unknown,
): void => {
  const text = JSON.stringify(body);
  const all = {
    connection: 'close',
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(text)),
    ...headers,
    ...(status === 401 && { 'www-authenticate': 'Bearer' }),
    ...(retryAfter && { 'retry-after': String(retryAfter) }),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  // Whoever asked may keep its half open for ever: ours is closed as soon as the answer is out.
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${text}`);
};
