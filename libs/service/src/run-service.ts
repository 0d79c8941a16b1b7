import { flushCompileCache } from 'node:module';
import { ConfigError, loadConfig, type Config } from '#libs/config';
import { pino, type Logger } from 'pino';

/** Longer than this a stop must not take: whoever asked for it waits. */
const STOP_WITHIN_MS = 8000;

export interface Service {
  close(): Promise<void>;
}

/**
 * Runs one of Parley's processes until it is told to stop by SIGTERM, SIGINT or the end of its IPC channel, which says
 * that the supervisor which started it is gone. Ends with 0 after a clean stop, else with 1.
 */
export const runService = async (
  name: string,
  start: (config: Config, logger: Logger) => Promise<Service>,
): Promise<void> => {
  let config: Config;
  try {
    config = loadConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
  // Written at once. What pino writes in the background by default, it tries to write for ever when the process exits
  // after the reader of its output: a process whose supervisor was killed would never end.
  const output = pino.destination({ dest: 1, sync: true });
  const logger = pino({ level: config.logLevel, base: { process: name, slot: config.slot } }, output);

  let service: Service | undefined;
  let stopping = false;
  const stop = (reason: string): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ reason }, 'stopping');
    // Still starting: what it holds by now goes with the process.
    if (!service) process.exit(0);
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    service.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', () => stop('disconnect'));
  if (process.connected === false) stop('disconnect');

  try {
    service = await start(config, logger);
    logger.info('started');
    // Where a compile cache is set, a process that is killed later is back sooner.
    flushCompileCache();
  } catch (error) {
    logger.fatal({ err: error }, (error as Error).message);
    process.exit(1);
  }
};
