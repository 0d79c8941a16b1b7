import 'reflect-metadata';
import { loadConfig } from '#libs/config';
import { pino } from 'pino';
import { startApi } from './start-api.js';

const config = loadConfig();
const logger = pino({
  level: config.logLevel,
  base: { service: 'api' },
  redact: ['req.headers.authorization'],
});

try {
  const api = await startApi(config, logger);
  logger.info({ port: api.port, dataDir: config.dataDir }, 'api listens');
  let stopping = false;
  const stop = (why: string): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ why }, 'api stops');
    api.close().then(
      () => process.exit(0),
      (err: unknown) => {
        logger.error({ err }, 'api did not stop cleanly');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(signal));
  // Started by `parley up`: when that is gone, so are we.
  process.on('disconnect', () => stop('supervisor gone'));
} catch (err) {
  logger.fatal({ err }, (err as Error).message);
  process.exit(1);
}
