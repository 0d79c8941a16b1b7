/** What Parley needs from Debian, and how it gets there. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CommandError, run } from './run-command.mjs';
import { SetUpError } from './set-up-error.mjs';
import { withLock } from './set-up-lock.mjs';

/** @param {string} program */
export const onPath = program =>
  (process.env.PATH ?? '').split(delimiter).some(folder => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      // Not in this folder; the next one may have it.
      return false;
    }
  });

/** @param {string} name whether Debian's package of that name is installed */
const packageInstalled = name => {
  const asked = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status}', name], { encoding: 'utf8' });
  return asked.status === 0 && asked.stdout === 'installed';
};

/** @typedef {{ package: string, there: () => boolean }} Need */

/** @type {Need[]} */
export const toRun = [
  { package: 'redis-server', there: () => onPath('redis-server') },
  { package: 'ffmpeg', there: () => onPath('ffmpeg') && onPath('ffprobe') },
  // FFmpeg's drawtext writes the participants' names with it.
  {
    package: 'fonts-dejavu-core',
    there: () => existsSync('/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf'),
  },
];

/** @type {Need[]} */
export const toDemo = [{ package: 'chromium', there: () => onPath('chromium') }];

/** @type {Need[]} The SDK for Python is tried with Debian's own Python, whatever other there is. */
export const toTest = [
  ...toDemo,
  { package: 'python3-websockets', there: () => packageInstalled('python3-websockets') },
];

/** @param {string[]} names @returns {Need[]} */
export const packages = names => names.map(name => ({ package: name, there: () => packageInstalled(name) }));

/** @param {Need[]} needs */
export const missing = needs => needs.filter(need => !need.there()).map(need => need.package);

/** @returns {string[] | undefined} what to put before a command to run it as root; undefined: no way */
const asRoot = () => {
  if (process.getuid?.() === 0) return [];
  const sudo = onPath('sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
  return sudo ? ['sudo', '-n'] : undefined;
};

/** @param {string[]} names */
const refusal = names =>
  new SetUpError(
    `Parley needs what this machine lacks and this user cannot install: ${names.join(', ')} (Debian's names).\n` +
      `Have an administrator run this, then start again:\n\n` +
      `  apt-get update && apt-get install --no-install-recommends ${names.join(' ')}\n`,
  );

/**
 * Installs Debian packages. Downloading may be cut short; unpacking may not, and where an earlier one was, it is
 * finished first.
 * @param {string[]} names
 * @param {(state: string) => void} report
 */
export const install = async (names, report) => {
  const before = asRoot();
  if (!before || !onPath('apt-get')) throw refusal(names);
  /** @param {string[]} command @param {boolean} mayBeCutShort */
  const root = (command, mayBeCutShort) => {
    const [program = '', ...args] = [
      ...before,
      'env',
      'DEBIAN_FRONTEND=noninteractive',
      'LC_ALL=C',
      ...command,
    ];
    return run(program, args, { mayBeCutShort });
  };
  const patient = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];
  const get = ['apt-get', ...patient, 'install', '-y', '--no-install-recommends'];
  await withLock(
    'apt',
    () => report('waiting for another set-up'),
    async () => {
      if (await root(['dpkg', '--audit'], true)) {
        report('finishing an earlier installation');
        await root(['dpkg', '--configure', '-a'], false);
      }
      report('asking for the newest lists');
      let listsFailed = '';
      try {
        await root(['apt-get', ...patient, 'update'], true);
      } catch (error) {
        // A broken source among good ones fails the update; the packages may be had all the same.
        if (!(error instanceof CommandError)) throw error;
        listsFailed = `${error.message}\n`;
      }
      try {
        report(`downloading ${names.join(', ')}`);
        await root([...get, '--download-only', ...names], true);
        report(`unpacking ${names.join(', ')}`);
        await root([...get, ...names], false);
      } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        throw new SetUpError(
          `${listsFailed}${error.message}\n\nDebian's packages could not be installed (see above).`,
        );
      }
    },
  );
};

/**
 * @param {Need[]} needs
 * @param {(state: string) => void} report
 */
export const ensureDebianPackages = async (needs, report) => {
  const names = missing(needs);
  if (names.length === 0) return 'already there';
  await install(names, report);
  return `installed ${names.join(', ')}`;
};
