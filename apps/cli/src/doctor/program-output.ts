import { spawnSync } from 'node:child_process';

const TIMEOUT_MS = 10_000;

/** What a program prints, out and err together; undefined where it cannot be run or fails. */
export const programOutput = (command: string, args: readonly string[]): string | undefined => {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: TIMEOUT_MS });
  return status === 0 ? `${stdout}${stderr}`.trim() : undefined;
};

/** Its first line alone, which is where programs name themselves. */
export const firstLine = (output: string): string => output.split('\n', 1)[0] ?? '';
