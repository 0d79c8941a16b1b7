import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeEventLogContract } from '../event-log-contract.js';
import { openEventLog } from '../open-event-log.js';

describeEventLogContract('the SQLite log with sealed personal texts', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-sealed-log-'));
  const log = await openEventLog({ dataDir, eventLog: '' });
  let current = log;
  return {
    log,
    reopen: async () => {
      await current.close();
      current = await openEventLog({ dataDir, eventLog: '' });
      return current;
    },
    close: async () => {
      await current.close();
      rmSync(dataDir, { recursive: true });
    },
  };
});
