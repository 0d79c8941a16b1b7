import { Option, type Command } from 'commander';
import { readAmount } from '../amount.js';
import { DATA_OPTION } from '../open-log.js';
import type { QueryCommandOptions } from '../query/query-command.js';

const DAY_SECONDS = 86_400;

export const addQuery = (program: Command): void => {
  program
    .command('query')
    .description(
      'ask the log in SQL: table events, and a view for each type of event; the system may run or not',
    )
    .argument('[sql]', 'one SELECT of DuckDB; - for the standard input')
    .option('--file <file>', 'a file that holds the SQL')
    .addOption(
      new Option('--format <format>', 'how the result is written')
        .choices(['table', 'json', 'ndjson', 'csv'])
        .default('table'),
    )
    .option(
      '--limit <rows>',
      'how many rows are shown (default: 100 in a table, else all)',
      readAmount(1_000_000_000, 'whole'),
    )
    .option('--timeout <seconds>', 'how long the query may run', readAmount(DAY_SECONDS, 'any'), 60)
    .option(...DATA_OPTION)
    // Loaded when it is asked for: DuckDB is large, and the other commands do without.
    .action(async (sql: string | undefined, options: QueryCommandOptions) =>
      (await import('../query/query-command.js')).queryCommand(sql, options),
    );
};
