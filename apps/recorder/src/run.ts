import { ConfigError, loadConfig, type Config } from '#libs/config';
import { pino, type Logger } from 'pino';
import { startRecorder, type Recorder } from './recorder.js';
import { startApplication } from './start-application.js';

/** Longer than this a stop must not take: whoever asked for it waits. */
const STOP_WITHIN_MS = 5000;

const start = async (config: Config, logger: Logger): Promise<void> => {
  const running: { recorder?: Recorder; application?: { close(): Promise<void> } } = {};
  let stopping = false;
  const stop = (reason: string): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ reason }, 'stopping');
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    Promise.resolve((running.application ?? running.recorder)?.close()).then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // The parent that spawned us with an IPC channel is gone.
  process.on('disconnect', () => stop('disconnect'));
  if (process.connected === false) stop('disconnect');

  const recorder = await startRecorder({ config, logger });
  running.recorder = recorder;
  running.application = await startApplication({ recorder, config, logger });
};

/** Runs a recorder until it is told to stop. */
export const run = async (): Promise<void> => {
  let config: Config;
  try {
    config = loadConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
  const logger = pino({ level: config.logLevel, base: { process: 'recorder', slot: config.slot } });
  try {
    await start(config, logger);
  } catch (error) {
    logger.fatal({ err: error }, (error as Error).message);
    process.exit(1);
  }
};
