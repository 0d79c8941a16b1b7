import type { Command } from 'commander';
import { readAmount } from '../amount.js';
import type { SampleCommandOptions } from '../sample/make-sample.js';

const MOST_MEETINGS = 1_000_000;

export const addSample = (program: Command): void => {
  program
    .command('sample')
    .description('make a log to try things on: two weeks of meetings of a small company')
    .option('--data <directory>', 'the data directory to make', './sample-data')
    .option('--seed <number>', 'another number makes other events', readAmount(2 ** 32 - 1, 'whole'), 1)
    .option(
      '--meetings <number>',
      'how many meetings (default: those of two weeks)',
      readAmount(MOST_MEETINGS, 'whole'),
    )
    .action(async (options: SampleCommandOptions) =>
      (await import('../sample/make-sample.js')).makeSample(options),
    );
};
