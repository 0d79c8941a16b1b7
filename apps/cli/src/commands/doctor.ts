import type { Command } from 'commander';
import { loadConfig } from '#libs/config';
import { checks } from '../doctor/checks.js';
import { table } from '../doctor/table.js';

export const addDoctor = (program: Command): void => {
  program
    .command('doctor')
    .description('check whether this machine has all that Parley needs')
    .action(async () => {
      const results = await checks(loadConfig());
      process.stdout.write(`${table(results)}\n`);
      if (results.some(({ verdict }) => verdict === 'bad')) process.exitCode = 1;
    });
};
