import { createServer } from 'node:net';

/** Below those that systems give out by themselves (Linux from 32,768 on): nobody gets one by chance before it is used. */
const FIRST = 20_000;
/** Each of Jest's workers has its own, or two that ask at once could get the same. */
const PER_WORKER = 1_500;
const WORKERS = 8;

const worker = Number(process.env.JEST_WORKER_ID ?? 0) % WORKERS;
let asked = Math.floor(Math.random() * PER_WORKER);

const isFree = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/**
 * Support for tests and benches: a port of 127.0.0.1 that nobody listens on at this moment, and that is given to nobody else
 * here until many others have been.
 */
export const freePort = async (): Promise<number> => {
  for (let tries = 0; tries < PER_WORKER; tries += 1) {
    asked += 1;
    const port = FIRST + worker * PER_WORKER + (asked % PER_WORKER);
    if (await isFree(port)) return port;
  }
  throw new Error(`No port is free from ${FIRST} to ${FIRST + WORKERS * PER_WORKER}`);
};
