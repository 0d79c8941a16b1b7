import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ERASED } from '#libs/domain';
import { collect } from '../contract/contract-fixtures.js';
import { TestDoor } from '../eventstoredb-for-tests.js';
import { openEventLog, openEventLogReader } from '../open-event-log.js';
import { erased, filesWith, said } from './personal-fixtures.js';

let door: TestDoor;
let dataDir: string;
beforeEach(async () => {
  door = await TestDoor.start();
  dataDir = mkdtempSync(join(tmpdir(), 'parley-sealed-esdb-'));
});
afterEach(async () => {
  await door.stop();
  rmSync(dataDir, { recursive: true });
});

test('what is personal is sealed on an EventStoreDB too, and erased there, also at the next start', async () => {
  const settings = { dataDir, eventLog: door.connectionString };
  let log = await openEventLog(settings);
  const before = await log.append(
    'chat-1',
    [said('ada', 'in the plain'), said('grace', 'hers')],
    'no-stream',
  );
  expect(await collect(log.readStream('chat-1'))).toEqual(before.events);
  expect(filesWith(door.directory, 'in the plain')).toEqual([]);
  expect(filesWith(door.directory, 'sealed:1:')).not.toEqual([]);
  await log.append('user-ada', [erased('ada')], 'any');
  await log.append('chat-1', [said('ada', 'after')], 1);
  for (const opened of ['running', 'again']) {
    const contents = (await collect(log.readAll({ types: ['ChatMessageSent'] }))).map(
      ({ data }) => (data as { content: unknown }).content,
    );
    expect([opened, contents]).toEqual([opened, [ERASED, 'hers', 'after']]);
    await log.close();
    log = await openEventLog(settings);
  }
  const reader = await openEventLogReader(settings);
  expect(await collect(reader.readStream('chat-1'))).toEqual(await collect(log.readStream('chat-1')));
  await reader.close();
  await log.close();
});
