import { expect, jest, test } from '@jest/globals';
import { ulid } from 'ulid';
import { collect, newEvents } from '../contract/contract-fixtures.js';
import { START, type RecordedEvent } from '../event-log.js';
import { TestDoor } from '../eventstoredb-for-tests.js';
import { openEventStoreDbLog } from './open-eventstoredb-log.js';

jest.setTimeout(180_000);

test('a time is found in a long log from wherever was walked before, as if it were the first question', async () => {
  const door = await TestDoor.start();
  const log = await openEventStoreDbLog({ connectionString: door.connectionString });
  try {
    const EPOCH = Date.parse('2026-11-02T10:00:00.000Z');
    const timeAt = (second: number): string => new Date(EPOCH + second * 1_000).toISOString();
    const all: RecordedEvent[] = [];
    const append = async (): Promise<void> => {
      const from = all.length;
      await log.append(
        'long',
        newEvents(1_000, i => ({ id: ulid(), time: timeAt(from + i) })),
        from === 0 ? 'no-stream' : from - 1,
      );
      all.push(...(await collect(log.readStream('long', { from }))));
    };
    const ask = async (second: number): Promise<void> => {
      const expected = all[Math.min(second, all.length) - 1]?.position ?? START;
      expect([second, await log.positionBefore(timeAt(second))]).toEqual([second, expected]);
    };
    for (let i = 0; i < 9; i += 1) await append();
    for (const second of [8_990, 5_000, 8_000, 4_857, 100, 4_857, 3_000, 9_000, 0, 6_000]) await ask(second);
    for (let i = 0; i < 6; i += 1) await append();
    for (const second of [14_999, 9_500, 12_000, 11_000, 15_000, 200, 8_999, 9_001, 10_000])
      await ask(second);
  } finally {
    await log.close();
    await door.stop();
  }
});
