import type { Command } from 'commander';
import { loadConfig } from '#libs/config';
import { CommandFailure } from '../command-failure.js';
import { requireRunning } from '../running-system.js';
import { signToken } from '../sign-token.js';

const TOKEN_SECONDS = 3600;

const rebuild = async (): Promise<void> => {
  const config = loadConfig();
  const { address } = requireRunning(config.dataDir);
  const token = signToken(
    config,
    { sub: 'parley-cli', name: 'parley rebuild', roles: ['admin'] },
    TOKEN_SECONDS,
  );
  process.stdout.write('Rebuilding the read models from the event log …\n');
  const begun = performance.now();
  const response = await fetch(`${address}/api/v1/admin/read-models/rebuild`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  const body = await response.text();
  if (!response.ok)
    throw new CommandFailure(`The rebuild failed: the api answered ${response.status}. ${body}`);
  process.stdout.write(
    `Rebuilt in ${((performance.now() - begun) / 1000).toFixed(1)} s.${body ? ` ${body}` : ''}\n`,
  );
};

export const addRebuild = (program: Command): void => {
  program
    .command('rebuild')
    .description('make the read models of the running system anew from its event log')
    .action(rebuild);
};
