import { spawn } from 'node:child_process';
import { root } from './checkout.mjs';

/**
 * Runs a program in the place of this one: with its terminal, its signals and its exit code. The program has an IPC
 * channel to this process, so that it can tell when this one is killed.
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
export const handOver = (command, args, env) => {
  const child = spawn(command, args, { cwd: root, env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  child.once('error', error => {
    process.stderr.write(`${command} could not be started: ${error.message}\n`);
    process.exit(1);
  });
  child.once('exit', (code, signal) => {
    if (signal) process.stderr.write(`Parley was ended by ${signal}.\n`);
    process.exit(code ?? 1);
  });
};
