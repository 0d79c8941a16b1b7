import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { START, type EventLog, type RecordedEvent } from '../event-log.js';
import { collect, newEvent, newEvents, type ContractLog, type OpenEmpty } from './contract-fixtures.js';

const EPOCH = Date.parse('2026-11-02T10:00:00.000Z');
const timeAt = (milliseconds: number): string => new Date(EPOCH + milliseconds).toISOString();

export function describePositionBeforeContract(openEmpty: OpenEmpty): void {
  describe('positionBefore', () => {
    let opened: ContractLog;
    let log: EventLog;
    let all: RecordedEvent[];
    /** When the last event happened, in milliseconds after the first. */
    let end: number;
    beforeAll(async () => {
      opened = await openEmpty();
      log = opened.log;
      all = [];
      // Times that never fall, sometimes stand still for long, and sometimes leap; of several streams.
      let at = 0;
      for (let i = 0; i < 60; i += 1) {
        const batch = newEvents(1 + ((i * 7) % 11), n => {
          at += i % 5 === 0 ? 0 : i % 13 === 0 ? 3_600_000 : n % 3;
          return { time: timeAt(at) };
        });
        all.push(...(await log.append(`stream-${i % 4}`, batch, 'any')).events);
      }
      end = at;
    });
    afterAll(() => opened.close());

    const readFrom = async (time: string): Promise<RecordedEvent[]> =>
      collect(log.readAll({ from: await log.positionBefore(time) }));
    const since = (time: string): RecordedEvent[] =>
      all.filter(event => Date.parse(event.time) >= Date.parse(time));

    test('is START while the log is empty', async () => {
      const empty = await openEmpty();
      expect(await empty.log.positionBefore(timeAt(0))).toBe(START);
      await empty.close();
    });

    test('is START when no event is older', async () => {
      expect(await log.positionBefore(timeAt(0))).toBe(START);
      expect(await log.positionBefore('1970-01-01T00:00:00.000Z')).toBe(START);
    });

    test('is where all that happened at the time or later is read from, and nothing else', async () => {
      const millisecond = fc.oneof(
        fc.constantFrom(...all).map(event => Date.parse(event.time) - EPOCH),
        fc.integer({ min: -10, max: end + 10 }),
      );
      const near = fc.tuple(millisecond, fc.integer({ min: -1, max: 1 })).map(([at, by]) => timeAt(at + by));
      await fc.assert(
        fc.asyncProperty(near, async time => {
          expect(await readFrom(time)).toEqual(since(time));
        }),
        { numRuns: 80 },
      );
    });

    test('takes a time for the moment that it names, whether or not it names milliseconds', async () => {
      expect(await readFrom('2026-11-02T11:00:00Z')).toEqual(since('2026-11-02T11:00:00.000Z'));
    });

    // The last, since it appends.
    test('of a time after all events is where the next one is read from', async () => {
      const time = timeAt(end + 1);
      const before = await log.positionBefore(time);
      expect(await collect(log.readAll({ from: before }))).toEqual([]);
      const { events } = await log.append('stream-1', [newEvent({ time })], 'any');
      expect(await collect(log.readAll({ from: before }))).toEqual(events);
      expect(await readFrom(time)).toEqual(events);
    });
  });
}
