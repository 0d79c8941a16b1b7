import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { ConfigError } from '#libs/config';
import { root } from './checkout.js';
import { CommandFailure } from './command-failure.js';
import { addDemo } from './commands/demo.js';
import { addDoctor } from './commands/doctor.js';
import { addExport } from './commands/export.js';
import { addQuery } from './commands/query.js';
import { addRebuild } from './commands/rebuild.js';
import { addReplay } from './commands/replay.js';
import { addSample } from './commands/sample.js';
import { addToken } from './commands/token.js';
import { addUp } from './commands/up.js';
import { StartError } from './supervisor/start-error.js';

const explained = [ConfigError, StartError, CommandFailure];

const program = new Command('parley')
  .description('Runs, inspects and mends a Parley system.')
  .showHelpAfterError();
for (const add of [
  addUp,
  addDoctor,
  addToken,
  addRebuild,
  addReplay,
  addExport,
  addQuery,
  addSample,
  addDemo,
])
  add(program);

try {
  // What the environment sets already, it keeps.
  if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'));
  await program.parseAsync();
} catch (error) {
  const shown = explained.some(kind => error instanceof kind)
    ? (error as Error).message
    : (error as Error).stack;
  process.stderr.write(`${shown}\n`);
  process.exit(1);
}
