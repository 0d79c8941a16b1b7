/**
 * `npm test`: sets up what Parley and its tests need, then checks and tests everything. The last line reads
 * "N passed, N failed", counting each check and each test as one; the exit code is 0 when none failed.
 */
import './node-version.mjs';
import { randomUUID } from 'node:crypto';

const { onInterrupted } = await import('./interruption.mjs');
const { runChecks } = await import('./checks.mjs');
const { runJest } = await import('./jest-run.mjs');
const { endLeftBehind, leftBehind, mark } = await import('./left-behind.mjs');
const { Amiss, step } = await import('./progress.mjs');
const { endWith } = await import('./set-up-error.mjs');
const { setUp } = await import('./set-up.mjs');

const MINUTE_MS = 60_000;
/** How long what a test started may take to end after it. */
const GRACE_MS = 2000;

let passed = 0;
let failed = 0;

/**
 * A step whose findings are counted: what it finds amiss does not end the whole.
 * @param {string} title @param {Parameters<typeof step>[1]} work
 */
const countedStep = async (title, work) => {
  try {
    await step(title, work);
  } catch (error) {
    if (!(error instanceof Amiss)) throw error;
  }
};

/** @param {string} title @param {string} output */
const show = (title, output) => process.stdout.write(`\n──── ${title} ────\n${output}\n\n`);

const checks = async () => {
  /** @type {[string, string][]} */
  const failures = [];
  await countedStep('Checks: formatting, types, lint, dependencies', async report => {
    let done = 0;
    await runChecks((name, failure) => {
      report(`${(done += 1)} done`);
      if (failure === undefined) passed += 1;
      else failures.push([name, failure]);
    });
    if (failures.length > 0) throw new Amiss(`failed: ${failures.map(([name]) => name).join(', ')}`);
    return `${done} passed`;
  });
  failed += failures.length;
  for (const [name, failure] of failures) show(name, failure);
};

/** @param {string} title @param {Parameters<typeof runJest>[0]} what */
const tests = async (title, what) => {
  let output = '';
  await countedStep(title, async report => {
    const outcome = await runJest(what, report);
    passed += outcome.passed;
    failed += outcome.failed;
    if (outcome.failed === 0) return `${outcome.passed} passed`;
    ({ output } = outcome);
    throw new Amiss(`${outcome.passed} passed and ${outcome.failed} failed`);
  });
  if (output) show(title, output);
};

/** @param {string} run */
const noProcessLeft = run =>
  countedStep('No process is left behind', async () => {
    await new Promise(resolve => setTimeout(resolve, GRACE_MS));
    const left = leftBehind(run);
    endLeftBehind(run);
    if (left.length === 0) {
      passed += 1;
      return;
    }
    failed += 1;
    throw new Amiss(left.map(({ pid, command }) => `\n    ${pid} ${command}`).join(''));
  });

try {
  const run = randomUUID();
  onInterrupted(() => endLeftBehind(run));
  const whole = await setUp({ forTests: true });
  // What the developer's own system is set to is not what the tests are to run with.
  const env = Object.fromEntries(
    Object.entries({ ...whole, ...mark(run) }).filter(
      ([name]) => name !== 'PORT' && !name.startsWith('PARLEY_'),
    ),
  );
  await checks();
  await tests('Unit and integration tests', {
    pattern: '\\.(unit|int)\\.spec\\.',
    workers: 2,
    env,
    timeoutMs: 25 * MINUTE_MS,
  });
  await tests('End-to-end tests', {
    pattern: '\\.e2e\\.spec\\.',
    workers: 1,
    env,
    timeoutMs: 30 * MINUTE_MS,
  });
  await noProcessLeft(run);
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  process.exit(failed === 0 ? 0 : 1);
} catch (error) {
  endWith(error);
}
