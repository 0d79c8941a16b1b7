import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeEventLogContract } from '../event-log-contract.js';
import { openSqliteEventLog } from './open-sqlite-event-log.js';

describeEventLogContract('the SQLite log', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'parley-event-log-'));
  const log = await openSqliteEventLog({ directory });
  let current = log;
  return {
    log,
    reopen: async () => {
      await current.close();
      current = await openSqliteEventLog({ directory });
      return current;
    },
    close: async () => {
      await current.close();
      rmSync(directory, { recursive: true });
    },
  };
});
