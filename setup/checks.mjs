/** What is checked without running Parley: each check is one command that ends with 0 when all is well. */
import { node24, root } from './checkout.mjs';
import { CommandError, run } from './run-command.mjs';

/** @typedef {{ name: string, args: string[] }} Check */

const tsc = 'node_modules/typescript/bin/tsc';

/** @type {Check[]} */
const all = [
  {
    name: 'Formatting',
    args: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  },
  { name: 'Types', args: [tsc, '--noEmit', '-p', '.'] },
  { name: 'Types of set-up', args: [tsc, '-p', 'setup'] },
  {
    name: 'Types of the JavaScript SDK, as browsers have them',
    args: [tsc, '--noEmit', '-p', 'sdks/js/tsconfig.build.json'],
  },
  { name: 'Types of the web client', args: [tsc, '--noEmit', '-p', 'apps/web'] },
  { name: 'Lint', args: ['node_modules/eslint/bin/eslint.js', '--max-warnings', '0', '.'] },
  { name: 'Event catalogue and docs/EVENTS.md', args: ['setup/event-catalogue.mjs', '--check'] },
  { name: 'Postman collection and AsyncAPI document', args: ['setup/api-documents.mjs', '--check'] },
  {
    name: 'Direction of dependencies, no circular imports',
    args: [
      'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
      ...['--config', '.dependency-cruiser.mjs', 'apps', 'libs', 'test', 'bench', 'sdks', 'setup'],
    ],
  },
];

/** @param {Check} check @returns {Promise<string | undefined>} its output if it failed */
const failureOf = async ({ args }) => {
  /** @type {string[]} */
  const lines = [];
  try {
    await run(node24, args, { cwd: root, onLine: line => lines.push(line) });
    return undefined;
  } catch (error) {
    if (error instanceof CommandError) return lines.join('\n') || error.message;
    throw error;
  }
};

/**
 * Runs the checks two at a time, the most that two cores carry.
 * @param {(name: string, failure: string | undefined) => void} onResult
 */
export const runChecks = async onResult => {
  const waiting = [...all];
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift())
      onResult(check.name, await failureOf(check));
  };
  await Promise.all([worker(), worker()]);
};

export const checkCount = all.length;
