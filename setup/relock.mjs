/**
 * Makes package-lock.json install anywhere: `node setup/relock.mjs [file]`, after every change of the lock.
 *
 * npm ci refuses a lock that lacks an optional package which some package of it names ("Missing: … from lock file").
 * That happens where the registry that npm was pointed at could not serve binaries of other platforms. Each missing one
 * gets an entry that matches no platform: npm is content, and never asks for it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { inCheckout } from './checkout.mjs';

/**
 * @typedef {{ version?: string, resolved?: string, optionalDependencies?: Record<string, string>, optional?: boolean,
 *   dev?: boolean, os?: string[], cpu?: string[] }} Entry
 */

/**
 * Where Node would find a package, seen from another: in the nearest node_modules upwards.
 * @param {Record<string, Entry>} packages @param {string} from @param {string} name
 */
const resolves = (packages, from, name) => {
  for (let folder = from; ;) {
    if (packages[`${folder && `${folder}/`}node_modules/${name}`]) return true;
    if (!folder) return false;
    const up = folder.lastIndexOf('/node_modules/');
    folder = up < 0 ? '' : folder.slice(0, up);
  }
};

/**
 * @param {Record<string, Entry>} packages the lock's packages
 * @returns {Record<string, Entry>} the entries to add
 */
export const inertEntries = packages => {
  /** @type {Record<string, Entry>} */
  const added = {};
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      if (resolves({ ...packages, ...added }, path, name)) continue;
      added[`node_modules/${name}`] = {
        version: range.replace(/^[\^~]/, ''),
        ...(entry.dev && { dev: true }),
        optional: true,
        os: ['!linux'],
        cpu: ['none'],
      };
    }
  }
  return added;
};

/** @param {Record<string, Entry>} packages paths of packages whose entry names the host it came from */
export const withHost = packages =>
  Object.entries(packages)
    .filter(([, entry]) => entry.resolved !== undefined)
    .map(([path]) => path);

/** @param {string} file */
const relock = file => {
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const added = inertEntries(lock.packages);
  const packages = Object.entries({ ...lock.packages, ...added }).sort(([a], [b]) => (a < b ? -1 : 1));
  // Without the host, npm asks the registry of whoever installs.
  for (const path of withHost(lock.packages)) delete lock.packages[path].resolved;
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`);
  process.stdout.write(`${file}: ${Object.keys(added).length} entries added.\n`);
};

if (import.meta.main ?? process.argv[1] === import.meta.filename) {
  relock(process.argv[2] ?? inCheckout('package-lock.json'));
}
