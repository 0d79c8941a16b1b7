/**
 * Lets one set-up at a time do a thing, across processes. The lock is an abstract unix socket, which the kernel takes
 * away with the process that holds it: no stale lock can remain, whatever ended that process. Systems other than Linux
 * have no such sockets; there nothing is locked, and only the renaming into place protects.
 */
import { createHash } from 'node:crypto';
import { connect, createServer } from 'node:net';

/** @param {string} name */
const addressOf = name =>
  `\0parley-set-up-${process.getuid?.()}-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;

/** @param {string} address @returns {Promise<(() => void) | undefined>} releases the lock; undefined: it is taken */
const take = address =>
  new Promise((resolve, reject) => {
    /** @type {Set<import('node:net').Socket>} */
    const waiting = new Set();
    const server = createServer(socket => {
      waiting.add(socket);
      // One who waits and is killed resets the connection; that is no matter of the holder's.
      socket.on('error', () => socket.destroy());
      socket.on('close', () => waiting.delete(socket));
    });
    server.once('error', error => {
      if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(address, () =>
      resolve(() => {
        server.close();
        for (const socket of waiting) socket.destroy();
      }),
    );
  });

/** @param {string} address @returns {Promise<void>} settles when the holder has let go, however that came about */
const untilReleased = address =>
  new Promise(resolve => {
    const socket = connect(address);
    socket.on('error', () => resolve());
    socket.on('close', () => resolve());
  });

/**
 * @template T
 * @param {string} name
 * @param {() => void} onWait called once if another process holds the lock
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export const withLock = async (name, onWait, work) => {
  if (process.platform !== 'linux') return work();
  const address = addressOf(name);
  let release = await take(address);
  if (!release) onWait();
  while (!release) {
    await untilReleased(address);
    release = await take(address);
  }
  try {
    return await work();
  } finally {
    release();
  }
};
