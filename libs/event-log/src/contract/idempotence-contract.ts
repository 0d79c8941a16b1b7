import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { RevisionConflict } from '../event-log-errors.js';
import type { EventLog, ExpectedRevision } from '../event-log.js';
import { collect, ids, newEvent, newEvents, type ContractLog, type OpenEmpty } from './contract-fixtures.js';

export function describeIdempotenceContract(openEmpty: OpenEmpty): void {
  describe('append of ids that stand in the stream already', () => {
    let opened: ContractLog;
    let log: EventLog;
    beforeAll(async () => {
      opened = await openEmpty();
      log = opened.log;
    });
    afterAll(() => opened.close());

    const EXPECTATIONS: ExpectedRevision[] = ['no-stream', 'any', 'stream-exists', 0, 1, 2, 7, 1_000];

    test.each(EXPECTATIONS)(
      'is a repeat with the earlier result, expecting %p, whether or not that fits',
      async expected => {
        const stream = `repeat-${expected}`;
        const events = newEvents(2);
        const earlier = await log.append(stream, events, 'no-stream');
        expect(await log.append(stream, events, expected)).toEqual(earlier);
        await log.append(stream, newEvents(6), 1);
        expect(await log.append(stream, events, expected)).toEqual(earlier);
        expect(await collect(log.readStream(stream))).toHaveLength(8);
      },
    );

    test('is a repeat also when it names only some events of the earlier append', async () => {
      const events = newEvents(4);
      const earlier = await log.append('some-of', events, 'no-stream');
      const repeat = await log.append('some-of', events.slice(1, 3), 0);
      expect(repeat.events).toEqual(earlier.events.slice(1, 3));
      expect(repeat.revision).toBe(2);
    });

    test('is a repeat also when the events came by two appends, one after the other', async () => {
      const events = newEvents(4);
      const first = await log.append('two-appends', events.slice(0, 2), 'no-stream');
      const second = await log.append('two-appends', events.slice(2), 1);
      expect((await log.append('two-appends', events, 'any')).events).toEqual([
        ...first.events,
        ...second.events,
      ]);
    });

    test('gives what was recorded, not what the repeat brings', async () => {
      const event = newEvent({ data: { text: 'first' } });
      const earlier = await log.append('recorded', [event], 'no-stream');
      const repeat = await log.append(
        'recorded',
        [{ ...event, type: 'Other', data: { text: 'second' } }],
        'any',
      );
      expect(repeat).toEqual(earlier);
    });

    test.each(['any', 'stream-exists', 1] as const)(
      'is a conflict when only some of them stand there, and nothing is appended, expecting %p',
      async expected => {
        const stream = `partly-${expected}`;
        const known = newEvents(2);
        await log.append(stream, known, 'no-stream');
        const [a, b] = known as [(typeof known)[0], (typeof known)[0]];
        const mixtures = [
          [a, newEvent()],
          [newEvent(), a],
          [newEvent(), newEvent(), b],
          [a, b, newEvent()],
          [a, newEvent(), b],
        ];
        for (const events of mixtures) {
          const append = log.append(stream, events, expected);
          await expect(append).rejects.toThrow(RevisionConflict);
          await expect(append).rejects.toMatchObject({ stream, expected, actual: 1 });
        }
        expect(ids(await collect(log.readStream(stream)))).toEqual(ids(known));
        expect((await log.append(stream, [newEvent()], 1)).revision).toBe(2);
      },
    );

    test('is a conflict when they stand there in another order', async () => {
      const [a, b] = newEvents(2) as [ReturnType<typeof newEvent>, ReturnType<typeof newEvent>];
      await log.append('order', [a, b], 'no-stream');
      await expect(log.append('order', [b, a], 'any')).rejects.toThrow(RevisionConflict);
    });

    test('is a new event in another stream', async () => {
      const event = newEvent();
      await log.append('one', [event], 'no-stream');
      const { events } = await log.append('other', [event], 'no-stream');
      expect(events).toMatchObject([{ id: event.id, stream: 'other', revision: 0 }]);
      expect(await log.append('other', [event], 'no-stream')).toMatchObject({ revision: 0, events });
    });

    test('succeeds for every one of many repeats at once, and is recorded once', async () => {
      const events = newEvents(3);
      const results = await Promise.all(
        Array.from({ length: 25 }, () => log.append('at-once', events, 'no-stream')),
      );
      for (const result of results) expect(result).toEqual(results[0]);
      expect(ids(await collect(log.readStream('at-once')))).toEqual(ids(events));
    });

    test('succeeds for repeats at once among other writers of the stream', async () => {
      const own = Array.from({ length: 15 }, () => newEvents(2));
      const results = await Promise.all(
        [...own, ...own, ...own].map(events => log.append('among', events, 'any')),
      );
      own.forEach((_, i) => {
        expect(results[i + 15]).toEqual(results[i]);
        expect(results[i + 30]).toEqual(results[i]);
      });
      const recorded = await collect(log.readStream('among'));
      expect(recorded).toHaveLength(30);
      expect(new Set(ids(recorded)).size).toBe(30);
    });
  });
}
