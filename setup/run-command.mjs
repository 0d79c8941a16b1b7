import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { pauseIfInterrupted, signalGroup, watchRunning } from './interruption.mjs';

const KEPT_LINES = 60;

/** A command that failed: its last lines of output are in the message. */
export class CommandError extends Error {
  /** @override */
  name = 'CommandError';
}

/**
 * Runs a command to its end in a process group of its own, and keeps its output for the case that it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, mayBeCutShort?: boolean,
 *   onLine?: (line: string) => void }} [options]
 * @returns {Promise<string>} its last lines of output, out and err together
 */
export const run = async (command, args, options = {}) => {
  const { cwd, env = process.env, timeoutMs, mayBeCutShort = true, onLine } = options;
  await pauseIfInterrupted();
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  /** @type {string[]} */
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', line => {
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
      onLine?.(line);
    });
  }
  let late = false;
  const { pid } = child;
  const timer =
    timeoutMs !== undefined && pid !== undefined
      ? setTimeout(() => {
          late = true;
          signalGroup(pid, 'SIGKILL');
        }, timeoutMs)
      : undefined;
  /** @type {Promise<{ code: number | null, signal: string | null, error?: Error }>} */
  const ended = new Promise(resolve => {
    child.once('error', error => resolve({ code: null, signal: null, error }));
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  if (pid !== undefined) watchRunning({ pid, title: [command, ...args].join(' '), mayBeCutShort, ended });
  const { code, signal, error } = await ended;
  clearTimeout(timer);
  await pauseIfInterrupted();
  if (code === 0) return lines.join('\n');
  const why = late
    ? `took longer than ${(timeoutMs ?? 0) / 1000} s`
    : error
      ? `could not be started (${error.message})`
      : `ended with ${signal ?? `exit code ${code}`}`;
  throw new CommandError([`"${[command, ...args].join(' ')}" ${why}.`, ...lines].join('\n'));
};
