/**
 * Everything between a fresh clone and a system that can run. Each step looks first whether there is anything to do, and
 * leaves either nothing or a finished thing behind: set-up may be repeated, interrupted, and run twice at a time.
 */
import { buildServer, buildWeb } from './build.mjs';
import { root } from './checkout.mjs';
import { ensureDebianPackages, toRun, toTest } from './debian-packages.mjs';
import { buildWorker, findWorker, workerNeeds, workerPath } from './mediasoup-worker/worker.mjs';
import { ensureNodePackages } from './node-packages.mjs';
import { step } from './progress.mjs';
import { withLock } from './set-up-lock.mjs';
import { checkNames, checkValues, loadEnvFile } from './settings-check.mjs';

const steps = async (/** @type {boolean} */ forTests) => {
  await step(`Node ${process.versions.node} can set up`, () => {});
  await step('npm packages, and with them the pinned Node', () => ensureNodePackages(workerPath()));
  await step('Server', buildServer);
  // As early as possible: what follows may take minutes.
  if (!forTests) checkValues();
  const worker = await step('mediasoup worker', findWorker);
  const needs = [...toRun, ...(forTests ? toTest : []), ...(worker === 'to build' ? workerNeeds() : [])];
  await step("Debian's packages", report => ensureDebianPackages(needs, report));
  if (worker === 'to build') await step('mediasoup worker, built from source', buildWorker);
  await step('Web client', buildWeb);
};

/**
 * Sets everything up, or throws a SetUpError that says what stands in the way.
 * @param {{ forTests?: boolean }} [options] tests need Chromium too, and no settings
 * @returns {Promise<NodeJS.ProcessEnv>} the environment to run Parley's programs in
 */
export const setUp = async ({ forTests = false } = {}) => {
  if (!forTests) {
    loadEnvFile();
    checkNames(process.env);
  }
  await withLock(
    `checkout ${root}`,
    () => process.stdout.write('Another set-up is at work in this checkout; waiting for it.\n'),
    () => steps(forTests),
  );
  return { ...process.env, MEDIASOUP_WORKER_BIN: workerPath() };
};
