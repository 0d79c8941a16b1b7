/** Finds processes that outlived the tests that started them. Linux only: it reads /proc. */
import { readFileSync, readdirSync } from 'node:fs';

/** Every process inherits this variable from the run that started it, however far away it has gone since. */
const MARK = 'TEST_RUN_OF_PARLEY';

/** @param {string} run a name no other run has @returns {NodeJS.ProcessEnv} */
export const mark = run => ({ [MARK]: run });

/** @param {string} path */
const readOrNothing = path => {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // Ended meanwhile, or another user's.
    return '';
  }
};

/**
 * @param {string} run
 * @returns {{ pid: number, command: string }[]} the processes of that run that still live
 */
export const leftBehind = run => {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter(pid => readOrNothing(`/proc/${pid}/environ`).split('\0').includes(`${MARK}=${run}`))
    .map(pid => ({
      pid: Number(pid),
      command: readOrNothing(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim(),
    }));
};

/** @param {string} run kills what is left of it */
export const endLeftBehind = run => {
  for (const { pid } of leftBehind(run)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      // Ended by itself meanwhile.
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
    }
  }
};
