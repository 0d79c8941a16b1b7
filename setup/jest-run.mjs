import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { node24, readJson, root } from './checkout.mjs';
import { CommandError, run } from './run-command.mjs';

/** @typedef {{ passed: number, failed: number, output: string }} Outcome */

/**
 * Counts as failed: a failed test, a file of tests that could not be run, and a skipped test, since a test that is not
 * run shows nothing.
 * @param {any} report as Jest writes it with --json, or undefined
 * @returns {{ passed: number, failed: number, remarks: string[] }}
 */
export const count = report => {
  if (!report) return { passed: 0, failed: 1, remarks: ['Jest ended without a report.'] };
  const {
    numPassedTests: passed,
    numFailedTests,
    numRuntimeErrorTestSuites,
    numPendingTests,
    numTodoTests,
  } = report;
  const skipped = numPendingTests + numTodoTests;
  const remarks = skipped > 0 ? [`${skipped} tests were skipped, which counts as failed.`] : [];
  const failed = numFailedTests + numRuntimeErrorTestSuites + skipped;
  if (passed + failed === 0) return { passed, failed: 1, remarks: ['No test was found.'] };
  return { passed, failed, remarks };
};

/**
 * Runs the tests whose files match a pattern.
 * @param {{ pattern: string, workers: number, env: NodeJS.ProcessEnv, timeoutMs: number }} what
 * @param {(state: string) => void} report told after each file
 * @returns {Promise<Outcome>}
 */
export const runJest = async ({ pattern, workers, env, timeoutMs }, report) => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-jest-'));
  const outputFile = join(folder, 'report.json');
  /** @type {string[]} */
  const lines = [];
  let files = 0;
  const jest = [
    'node_modules/jest/bin/jest.js',
    '--maxWorkers',
    String(workers),
    '--testPathPatterns',
    pattern,
  ];
  /** @type {string[]} */
  const remarks = [];
  try {
    await run(node24, [...jest, '--json', `--outputFile=${outputFile}`], {
      cwd: root,
      env: { ...env, NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' },
      timeoutMs,
      onLine: line => {
        lines.push(line);
        if (/^(PASS|FAIL) /.test(line)) report(`${(files += 1)} files done`);
      },
    });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    // Its first line says how it ended; the others are in `lines` already.
    remarks.push(error.message.split('\n', 1)[0] ?? '');
  }
  const { passed, failed, remarks: more } = count(readJson(outputFile));
  rmSync(folder, { recursive: true });
  // Every test passed, but Jest did not end well: it was killed for taking too long, or crashed while leaving.
  const unexplained = remarks.length > 0 && failed === 0 ? 1 : 0;
  return { passed, failed: failed + unexplained, output: [...lines, ...remarks, ...more].join('\n') };
};
