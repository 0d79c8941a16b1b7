#!/usr/bin/env node
/** `parley`, from a checkout that `npm start` has set up: finds the pinned Node and the built command line. */
import './node-version.mjs';

const { existsSync } = await import('node:fs');
const { cliMain, node24 } = await import('./checkout.mjs');
const { endWith, SetUpError } = await import('./set-up-error.mjs');
const { workerPath } = await import('./mediasoup-worker/worker.mjs');
const { handOver } = await import('./hand-over.mjs');
const { releaseSignals } = await import('./interruption.mjs');

try {
  if (!existsSync(node24) || !existsSync(cliMain)) {
    throw new SetUpError('Parley is not set up yet: run npm start in its checkout first.');
  }
  releaseSignals();
  const env = { ...process.env, MEDIASOUP_WORKER_BIN: workerPath() };
  // What streams by in an export is young garbage, of which V8 else keeps up to 128 MB.
  handOver(node24, ['--max-semi-space-size=8', cliMain, ...process.argv.slice(2)], env);
} catch (error) {
  endWith(error);
}
