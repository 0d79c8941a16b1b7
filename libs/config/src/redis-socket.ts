import { createHash } from 'node:crypto';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';

/** Linux keeps a unix socket's path in 108 bytes, other systems in 104, with a closing zero. */
const LONGEST_PATH = 100;

/**
 * Where the private Redis of a data directory listens: in that directory, or, where the path would be longer than a
 * unix socket's path may be, in a folder of this user's own for short paths.
 */
export const redisSocket = (dataDir: string): string => {
  const socket = resolve(dataDir, 'redis.sock');
  if (Buffer.byteLength(socket) <= LONGEST_PATH) return socket;
  const digest = createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 16);
  const folder = process.env.XDG_RUNTIME_DIR || join(tmpdir(), `parley-${userInfo().uid}`);
  return join(folder, `redis-${digest}.sock`);
};
