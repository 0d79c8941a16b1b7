import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EventLog, RecordedEvent } from '../event-log.js';
import { collect, newEvent, newEvents, type ContractLog, type OpenEmpty } from './contract-fixtures.js';

const LENGTH = 1_100;

export function describeReadStreamContract(openEmpty: OpenEmpty): void {
  describe('readStream', () => {
    let opened: ContractLog;
    let log: EventLog;
    /** A stream longer than any page, with other streams' events between its own. */
    let long: RecordedEvent[];
    beforeAll(async () => {
      opened = await openEmpty();
      log = opened.log;
      long = [];
      for (let i = 0; long.length < LENGTH; i += 1) {
        const [own] = await Promise.all([
          log.append('long', newEvents(Math.min(1 + (i % 90), LENGTH - long.length)), 'any'),
          log.append(`other-${i % 3}`, newEvents(i % 13 === 0 ? 40 : 1), 'any'),
        ]);
        long.push(...own.events);
      }
    });
    afterAll(() => opened.close());

    test('gives nothing for a stream that does not exist', async () => {
      expect(await collect(log.readStream('missing'))).toEqual([]);
      expect(await collect(log.readStream('missing', { direction: 'backwards' }))).toEqual([]);
      expect(await collect(log.readStream('missing', { from: 3 }))).toEqual([]);
      expect(await collect(log.readStream('lon'))).toEqual([]);
    });

    test('gives all events of the stream, in order, and of no other', async () => {
      expect(await collect(log.readStream('long'))).toEqual(long);
    });

    test('backwards gives the same in reverse', async () => {
      expect(await collect(log.readStream('long', { direction: 'backwards' }))).toEqual(long.toReversed());
    });

    test('begins at the revision asked for, inclusive, both ways', async () => {
      for (const from of [0, 1, 2, 254, 255, 256, 257, 511, 512, 700, LENGTH - 2, LENGTH - 1]) {
        expect(await collect(log.readStream('long', { from, limit: 5 }))).toEqual(long.slice(from, from + 5));
        expect(await collect(log.readStream('long', { from, limit: 5, direction: 'backwards' }))).toEqual(
          long.slice(Math.max(0, from - 4), from + 1).toReversed(),
        );
      }
    });

    test('beyond the end gives nothing forwards, and backwards begins at the end', async () => {
      expect(await collect(log.readStream('long', { from: LENGTH }))).toEqual([]);
      const backwards = await collect(
        log.readStream('long', { from: LENGTH + 7, direction: 'backwards', limit: 1 }),
      );
      expect(backwards).toEqual(long.slice(-1));
    });

    test.each([0, 1, 255, 256, 257, 512, 513, LENGTH, LENGTH + 1])(
      'gives at most the limit: %p',
      async limit => {
        expect(await collect(log.readStream('long', { limit }))).toEqual(long.slice(0, limit));
        const backwards = await collect(log.readStream('long', { limit, direction: 'backwards' }));
        expect(backwards).toEqual(long.toReversed().slice(0, limit));
      },
    );

    test('gives an append as soon as it has resolved', async () => {
      for (let i = 0; i < 20; i += 1) {
        const { events } = await log.append('fresh', [newEvent()], 'any');
        expect(await collect(log.readStream('fresh', { direction: 'backwards', limit: 1 }))).toEqual(events);
      }
    });

    test('ends, with the events that were there, while a writer goes on appending', async () => {
      await log.append('growing', newEvents(300), 'no-stream');
      let seen = 0;
      for await (const event of log.readStream('growing')) {
        expect(event.revision).toBe(seen);
        seen += 1;
        if (seen % 50 === 0) await log.append('growing', newEvents(50), 'any');
      }
      expect(seen).toBe(300);
    });

    test('can be left early, begun again, and read by many at once', async () => {
      const reading = log.readStream('long');
      for await (const event of reading) if (event.revision === 3) break;
      const all = await Promise.all([collect(reading), collect(reading), collect(log.readStream('long'))]);
      for (const events of all) expect(events).toEqual(long);
    });

    test('answers calls of next() that do not wait for each other, in order', async () => {
      const iterator = log.readStream('long')[Symbol.asyncIterator]();
      const results = await Promise.all(Array.from({ length: 600 }, () => iterator.next()));
      expect(results.map(result => (result.value as RecordedEvent).revision)).toEqual(
        results.map((_, i) => i),
      );
      await iterator.return?.();
      expect((await iterator.next()).done).toBe(true);
    });
  });
}
