import { join } from 'node:path';
import type { Config } from '#libs/config';
import type { ProcessPlan } from './managed-process.js';

/** The settings that every process of one system must agree on, as `parley up` settled them. */
const shared = (root: string, config: Config, port: number): NodeJS.ProcessEnv => ({
  NODE_ENV: 'production',
  // A process that was killed is back sooner when its code need not be compiled again.
  NODE_COMPILE_CACHE: join(root, 'dist/.compile-cache'),
  ...process.env,
  PORT: String(port),
  PARLEY_DATA_DIR: config.dataDir,
});

/**
 * The Node processes of a system, in the order in which they start.
 * @param root the checkout, with the built programs in dist
 * @param port where the api listens
 */
export const processPlans = (root: string, config: Config, port: number): ProcessPlan[] => {
  const plan = (app: string, name: string, slot: number, flags: string[] = []): ProcessPlan => ({
    name,
    command: process.execPath,
    args: ['--enable-source-maps', ...flags, join(root, `dist/apps/${app}/src/main.js`)],
    env: { ...shared(root, config, port), PARLEY_SLOT: String(slot) },
    ipc: true,
  });
  const several = (app: string, count: number): ProcessPlan[] =>
    Array.from({ length: count }, (_, at) => plan(app, `${app}-${at + 1}`, at + 1));
  return [
    // A whole log that streams by is young garbage, of which V8 else keeps up to 128 MB.
    plan('api', 'api', 1, ['--max-semi-space-size=8']),
    ...several('media-worker', config.media.workers),
    ...several('recorder', config.recorders),
  ];
};
