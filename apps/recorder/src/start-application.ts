import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { nestLogger } from '#libs/service';
import type { RecorderModuleOptions } from './recorder.module.js';

/** Between two pieces of loading, so that requests and packets are seen to. */
const BREATH_MS = 20;

/**
 * Puts the application together around a recorder that captures already. Loading it all at once would keep packets
 * waiting for a quarter of a second, longer than a usual system's socket buffer lasts: it is loaded in pieces.
 */
export const startApplication = async (options: RecorderModuleOptions): Promise<INestApplicationContext> => {
  await import('rxjs');
  await sleep(BREATH_MS);
  await import('@nestjs/common');
  await sleep(BREATH_MS);
  const { NestFactory } = await import('@nestjs/core');
  await sleep(BREATH_MS);
  const { RecorderModule } = await import('./recorder.module.js');
  return NestFactory.createApplicationContext(RecorderModule.with(options), {
    logger: nestLogger(options.logger),
    abortOnError: false,
  });
};
