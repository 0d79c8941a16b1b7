import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import { collect, newEvent } from '../contract/contract-fixtures.js';
import { EventTooLarge, InvalidAppend } from '../event-log-errors.js';
import type { EventLog } from '../event-log.js';
import { TestDoor } from '../eventstoredb-for-tests.js';
import { openEventStoreDbLog } from './open-eventstoredb-log.js';

let door: TestDoor;
let log: EventLog;
beforeAll(async () => {
  door = await TestDoor.start();
  log = await openEventStoreDbLog({ connectionString: door.connectionString });
});
afterAll(async () => {
  await log.close();
  await door.stop();
});

test('more events at once than the server takes are refused as InvalidAppend, and one by one they go', async () => {
  for (const id of [ulid, () => newEvent().id]) {
    const stream = `large-${id()}`;
    const events = Array.from({ length: 4 }, () => newEvent({ id: id(), data: 'x'.repeat(900_000) }));
    const append = log.append(stream, events, 'no-stream');
    await expect(append).rejects.toThrow(InvalidAppend);
    await expect(append).rejects.not.toThrow(EventTooLarge);
    await expect(append).rejects.toThrow(/takes at most \d+ at once/);
    expect(await collect(log.readStream(stream))).toEqual([]);
    for (const [i, event] of events.entries()) {
      expect((await log.append(stream, [event], i === 0 ? 'no-stream' : i - 1)).revision).toBe(i);
    }
  }
});
