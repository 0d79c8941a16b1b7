import 'reflect-metadata';
import { nestLogger, runService } from '#libs/service';
import { NestFactory } from '@nestjs/core';
import { MediaWorkerModule } from './media-worker.module.js';

await runService('media-worker', (config, logger) =>
  NestFactory.createApplicationContext(
    // The supervisor starts another.
    MediaWorkerModule.with({ config, logger, onDied: () => process.exit(1) }),
    { logger: nestLogger(logger), abortOnError: false },
  ),
);
