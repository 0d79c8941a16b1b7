/** Brings the mediasoup worker, the C++ program that carries the media. README.md beside this file tells how and why. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { inCheckout, node24, readJson } from '../checkout.mjs';
import { packages } from '../debian-packages.mjs';
import { CommandError, run } from '../run-command.mjs';
import { withLock } from '../set-up-lock.mjs';

const recipe = inCheckout('setup/mediasoup-worker');
const npmPackage = inCheckout('node_modules/mediasoup');
const DOWNLOAD_TIMEOUT_MS = 60_000;

/** What the build needs, and with it, what the result needs at run time. */
const buildPackages = [
  'meson',
  'g++',
  'pkg-config',
  'libssl-dev',
  'libuv1-dev',
  'libsrtp2-dev',
  'libabsl-dev',
  'libflatbuffers-dev',
  'flatbuffers-compiler',
];

/** @param {string} folder @returns {string[]} the files in it, at any depth */
const filesIn = folder =>
  readdirSync(folder, { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)],
  );

const recipeDigest = () => {
  const digest = createHash('sha256');
  for (const file of [join(recipe, 'build.sh'), ...filesIn(join(recipe, 'subprojects')).sort()]) {
    digest.update(file.slice(recipe.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return digest.digest('hex').slice(0, 12);
};

/** Known before any package is installed, from the lock. */
const version = () => readJson(inCheckout('package-lock.json')).packages['node_modules/mediasoup'].version;

const cache = () =>
  join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'parley', 'mediasoup-worker');

/** Where the worker is, or will be once set-up is through. */
export const workerPath = () =>
  process.env.MEDIASOUP_WORKER_BIN ||
  join(cache(), `${version()}-${process.arch}-${recipeDigest()}`, 'mediasoup-worker');

/**
 * Whether a worker runs on this machine: started without MEDIASOUP_VERSION it ends with 41 (mediasoup's main.cpp).
 * @param {string} path
 */
export const workerRuns = path => spawnSync(path, [], { env: {}, timeout: 10_000 }).status === 41;

/**
 * Puts a finished worker in its place in one movement, so that nobody ever sees half of one.
 * @param {string} made @param {string} place
 */
const moveIntoPlace = (made, place) => {
  if (!workerRuns(made)) throw new CommandError(`${made} was made, but does not run on this machine.`);
  chmodSync(made, 0o755);
  mkdirSync(dirname(place), { recursive: true });
  renameSync(made, place);
};

/** @param {(folder: string) => Promise<void>} work */
const inScratchFolder = async work => {
  mkdirSync(cache(), { recursive: true });
  // Whoever made an older one held the lock that we hold now, and is gone.
  for (const name of readdirSync(cache())) {
    if (name.startsWith('.building-')) rmSync(join(cache(), name), { recursive: true, force: true });
  }
  const scratch = mkdtempSync(join(cache(), '.building-'));
  try {
    await work(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};

/**
 * The prebuilt program of the mediasoup project, by the package's own install script. That script would go on to fetch
 * build tools of its own where there is none to download; without a Python it cannot, and ends.
 * @param {string} place
 */
const download = async place => {
  const fetched = join(npmPackage, 'worker/out/Release/mediasoup-worker');
  const { MEDIASOUP_WORKER_BIN: _, ...env } = process.env;
  try {
    await run(node24, ['npm-scripts.mjs', 'postinstall'], {
      cwd: npmPackage,
      env: { ...env, PYTHON: '/nonexistent/python' },
      timeoutMs: DOWNLOAD_TIMEOUT_MS,
    });
  } catch (error) {
    // No network, none for this machine, or one that does not run here: it is built instead.
    if (error instanceof CommandError) return false;
    throw error;
  }
  if (!existsSync(fetched) || !workerRuns(fetched)) return false;
  await inScratchFolder(async scratch => {
    copyFileSync(fetched, join(scratch, 'mediasoup-worker'));
    moveIntoPlace(join(scratch, 'mediasoup-worker'), place);
  });
  return true;
};

/** @param {string} place @param {(state: string) => void} report */
const build = (place, report) =>
  inScratchFolder(async scratch => {
    await run(join(recipe, 'build.sh'), [npmPackage, scratch], {
      onLine: line => {
        // As ninja prints it.
        const found = /^\[(\d+)\/(\d+)\]/.exec(line);
        if (found) report(`building, ${found[1]} of ${found[2]} files`);
      },
    });
    moveIntoPlace(join(scratch, 'mediasoup-worker'), place);
  });

const LOCK = 'mediasoup-worker';

/**
 * Fetches the worker if it is neither there nor to be built.
 * @param {(state: string) => void} report
 * @returns {Promise<'there' | 'downloaded' | 'to build'>}
 */
export const findWorker = async report => {
  const place = workerPath();
  if (workerRuns(place)) return 'there';
  if (process.env.MEDIASOUP_WORKER_BIN) {
    throw new CommandError(
      `MEDIASOUP_WORKER_BIN is ${place}, which is not a mediasoup worker that runs here.`,
    );
  }
  return withLock(
    LOCK,
    () => report('waiting for another set-up'),
    async () => {
      if (workerRuns(place)) return 'there';
      report('looking for a prebuilt one');
      return (await download(place)) ? 'downloaded' : 'to build';
    },
  );
};

/** The Debian packages that building it takes. */
export const workerNeeds = () => packages(buildPackages);

/** @param {(state: string) => void} report */
export const buildWorker = async report => {
  const place = workerPath();
  await withLock(
    LOCK,
    () => report('waiting for another set-up'),
    async () => {
      if (!workerRuns(place)) await build(place, report);
    },
  );
  return place;
};
