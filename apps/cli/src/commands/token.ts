import { InvalidArgumentError, type Command } from 'commander';
import { loadConfig } from '#libs/config';
import { signToken } from '../sign-token.js';

interface TokenOptions {
  readonly sub: string;
  readonly name?: string;
  readonly email?: string;
  readonly role: readonly string[];
  readonly expires: number;
}

const SECONDS_IN: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** "90m" and the like, in seconds. */
export const readDuration = (text: string): number => {
  const found = /^(\d+)([smhd])$/.exec(text);
  const seconds = found ? Number(found[1]) * (SECONDS_IN[found[2] ?? ''] ?? 0) : 0;
  if (!Number.isSafeInteger(seconds) || seconds <= 0) {
    throw new InvalidArgumentError('It is a number and a unit, such as 30s, 15m, 8h or 7d.');
  }
  return seconds;
};

export const addToken = (program: Command): void => {
  program
    .command('token')
    .description('make a token that proves who someone is, and print it alone')
    .requiredOption('--sub <id>', 'user id')
    .option('--name <name>', 'name that others see (default: the user id)')
    .option('--email <address>')
    .option(
      '--role <role>',
      'system-wide role, such as admin or analyst; may be repeated',
      (role, roles: string[]) => [...roles, role],
      [],
    )
    .option('--expires <duration>', 'how long it holds, such as 30m, 8h or 7d', readDuration, SECONDS_IN.d)
    .action(({ sub, name = sub, email, role, expires }: TokenOptions) => {
      process.stdout.write(`${signToken(loadConfig(), { sub, name, email, roles: role }, expires)}\n`);
    });
};
