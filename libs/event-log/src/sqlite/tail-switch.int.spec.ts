import { expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { newEvent } from '../contract/contract-fixtures.js';
import { START } from '../event-log.js';
import { EventDatabase } from './event-database.js';
import { openSqliteEventLog } from './open-sqlite-event-log.js';

test('an event that a tail read from the store before the writer reported it does not come again when it is reported', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'parley-event-log-'));
  const log = await openSqliteEventLog({ directory });
  const other = new EventDatabase(directory);

  const first = log.append('stream', [newEvent()], 'no-stream');
  // The append is sent at the end of this turn; the report cannot come in while the thread that it comes to is held.
  await nextTurn();
  const clock = new Int32Array(new SharedArrayBuffer(4));
  while (other.head() === START) Atomics.wait(clock, 0, 0, 1);
  const tail = log.tail({ after: START })[Symbol.asyncIterator]();
  const history = await tail.next();
  expect(history.value).toEqual((await first).events);

  const second = await log.append('stream', [newEvent()], 0);
  expect((await tail.next()).value).toEqual(second.events);

  other.close();
  await log.close();
  rmSync(directory, { recursive: true });
});
