import 'reflect-metadata';
import { ConfigError, loadConfig, type Config } from '#libs/config';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { pino, type Logger } from 'pino';
import { MediaWorkerModule } from './media-worker.module.js';
import { nestLogger } from './nest-logger.js';

/** Longer than this a stop must not take: whoever asked for it waits. */
const STOP_WITHIN_MS = 3000;

const run = async (config: Config, logger: Logger): Promise<void> => {
  const running: { app?: INestApplicationContext } = {};
  let stopping = false;
  const stop = (reason: string): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ reason }, 'stopping');
    // Still starting: nothing to take leave of, and mediasoup's process ends with this one.
    if (!running.app) process.exit(0);
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    running.app.close().then(
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

  const onDied = (): void => process.exit(1); // the supervisor starts another
  running.app = await NestFactory.createApplicationContext(
    MediaWorkerModule.with({ config, logger, onDied }),
    {
      logger: nestLogger(logger),
      abortOnError: false,
    },
  );
};

const begin = async (): Promise<void> => {
  let config: Config;
  try {
    config = loadConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
  const logger = pino({ level: config.logLevel, base: { process: 'media-worker', slot: config.slot } });
  try {
    await run(config, logger);
  } catch (error) {
    logger.fatal({ err: error }, (error as Error).message);
    process.exit(1);
  }
};

await begin();
