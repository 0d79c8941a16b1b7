/** The packages of package-lock.json, among them the pinned Node. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { inCheckout, node24, readJson, root } from './checkout.mjs';
import { run } from './run-command.mjs';
import { SetUpError } from './set-up-error.mjs';

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} Entry */

/**
 * Whether what npm says it installed is what the lock asks for. npm writes its own record last and `npm ci` deletes it
 * first, so that an interrupted installation never looks like a whole one. Optional packages may be missing: they are
 * other platforms'.
 * @param {Record<string, Entry>} wanted packages of package-lock.json
 * @param {Record<string, Entry>} installed packages of node_modules/.package-lock.json
 */
export const satisfies = (wanted, installed) =>
  Object.entries(wanted).every(([path, want]) => {
    if (path === '' || want.link) return true;
    const have = installed[path];
    if (!have) return want.optional === true || want.devOptional === true;
    return have.version === want.version && (!want.integrity || have.integrity === want.integrity);
  });

const pinnedNodeRuns = () => {
  const { stdout, status } = spawnSync(node24, ['--version'], { encoding: 'utf8' });
  return status === 0 && stdout.trim() === `v${readJson(inCheckout('package.json')).dependencies.node}`;
};

const installed = () => {
  const record = readJson(inCheckout('node_modules/.package-lock.json'));
  if (!record || !existsSync(node24)) return false;
  return satisfies(readJson(inCheckout('package-lock.json')).packages, record.packages);
};

/**
 * @param {string} worker where the mediasoup worker will lie: keeps mediasoup's own install script from downloading or
 *   building one, whose failure would abort the whole installation
 */
export const ensureNodePackages = async worker => {
  if (installed()) return 'already there';
  // The npm that runs us, or else the one on the path.
  const npm = process.env.npm_execpath?.endsWith('.js')
    ? { command: process.execPath, args: [process.env.npm_execpath] }
    : { command: 'npm', args: [] };
  await run(npm.command, [...npm.args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env: { ...process.env, MEDIASOUP_WORKER_BIN: worker },
  });
  if (!installed() || !pinnedNodeRuns()) {
    throw new SetUpError(
      'npm ci ended well, but the pinned Node (node_modules/node/bin/node) does not run. ' +
        'Were install scripts switched off (npm config ignore-scripts)? Switch them on and start again.',
    );
  }
  return 'installed';
};
