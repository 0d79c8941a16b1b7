import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { InvalidAppend, RevisionConflict } from '../event-log-errors.js';
import type { EventLog, ExpectedRevision } from '../event-log.js';
import {
  collect,
  ids,
  newEvent,
  newEvents,
  rising,
  type ContractLog,
  type OpenEmpty,
} from './contract-fixtures.js';

export function describeAppendContract(openEmpty: OpenEmpty): void {
  describe('append', () => {
    let opened: ContractLog;
    let log: EventLog;
    beforeAll(async () => {
      opened = await openEmpty();
      log = opened.log;
    });
    afterAll(() => opened.close());

    const refused = async (stream: string, expected: ExpectedRevision, actual: number): Promise<void> => {
      const before = await collect(log.readStream(stream));
      const append = log.append(stream, [newEvent()], expected);
      await expect(append).rejects.toThrow(RevisionConflict);
      await expect(append).rejects.toMatchObject({ stream, expected, actual });
      expect(await collect(log.readStream(stream))).toEqual(before);
    };

    test('begins a stream at revision 0 and gives back the events as they are recorded', async () => {
      const event = newEvent();
      const result = await log.append('begins', [event], 'no-stream');
      expect(result.revision).toBe(0);
      expect(result.events).toEqual([{ ...event, stream: 'begins', revision: 0, position: result.position }]);
      expect(await collect(log.readStream('begins'))).toEqual(result.events);
    });

    test('numbers the events of a stream without gaps, and gives revision and position of the last', async () => {
      await log.append('numbered', newEvents(2), 'no-stream');
      const result = await log.append('numbered', newEvents(3), 1);
      expect(result.events.map(event => event.revision)).toEqual([2, 3, 4]);
      expect(result.revision).toBe(4);
      expect(result.position).toBe(result.events[2]?.position);
    });

    test('gives positions that rise from event to event over all streams', async () => {
      const positions: number[] = [];
      for (const stream of ['rise-a', 'rise-b', 'rise-a', 'rise-c']) {
        const { events } = await log.append(stream, newEvents(2), 'any');
        positions.push(...events.map(event => event.position));
      }
      expect(rising(positions)).toBe(true);
    });

    test("'no-stream' refuses a stream that has events", async () => {
      await log.append('taken', newEvents(2), 'no-stream');
      await refused('taken', 'no-stream', 1);
    });

    test("'stream-exists' refuses a stream without events and takes one that has some", async () => {
      await refused('not-yet', 'stream-exists', -1);
      await log.append('exists', [newEvent()], 'no-stream');
      expect((await log.append('exists', [newEvent()], 'stream-exists')).revision).toBe(1);
    });

    test("'any' takes a stream with and without events", async () => {
      expect((await log.append('whatever', [newEvent()], 'any')).revision).toBe(0);
      expect((await log.append('whatever', [newEvent()], 'any')).revision).toBe(1);
    });

    test('a revision is taken when it is the last of the stream, and refused when behind, ahead or of no stream', async () => {
      await log.append('exact', newEvents(3), 'no-stream');
      expect((await log.append('exact', [newEvent()], 2)).revision).toBe(3);
      await refused('exact', 2, 3);
      await refused('exact', 0, 3);
      await refused('exact', 4, 3);
      await refused('exact-missing', 0, -1);
    });

    test('of writers that expect the same revision at the same time exactly one succeeds', async () => {
      await log.append('race', [newEvent()], 'no-stream');
      const results = await Promise.allSettled(
        Array.from({ length: 30 }, () => log.append('race', newEvents(2), 0)),
      );
      expect(results.filter(result => result.status === 'fulfilled')).toHaveLength(1);
      for (const result of results) {
        if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(RevisionConflict);
      }
      expect(await collect(log.readStream('race'))).toHaveLength(3);
    });

    test('a refused append does not disturb those that are written beside it', async () => {
      await log.append('beside', [newEvent()], 'no-stream');
      const events = newEvents(40);
      const results = await Promise.allSettled(
        events.map((event, i) => log.append('beside', [event], i % 4 === 3 ? 'no-stream' : 'any')),
      );
      expect(results.map(result => result.status === 'rejected')).toEqual(events.map((_, i) => i % 4 === 3));
      const recorded = await collect(log.readStream('beside', { from: 1 }));
      expect(new Set(ids(recorded))).toEqual(new Set(ids(events.filter((_, i) => i % 4 !== 3))));
      expect(recorded.map(event => event.revision)).toEqual(recorded.map((_, i) => i + 1));
    });

    test('appends made one after another without waiting are recorded in that order', async () => {
      const events = newEvents(200);
      await Promise.all(events.map(event => log.append('in-order', [event], 'any')));
      expect(ids(await collect(log.readStream('in-order')))).toEqual(ids(events));
    });

    test('the events of one append stand together, in their order, whatever others write', async () => {
      const appends = Array.from({ length: 20 }, () => newEvents(7));
      await Promise.all(appends.map((events, i) => log.append(`together-${i % 5}`, events, 'any')));
      const order = ids(await collect(log.readAll({ streamPrefixes: ['together-'] })));
      for (const events of appends) {
        const start = order.indexOf(events[0]?.id as string);
        expect(order.slice(start, start + 7)).toEqual(ids(events));
      }
    });

    test('an append that no log could take is refused as such', async () => {
      const event = newEvent();
      const impossible: Parameters<EventLog['append']>[] = [
        ['invalid', [], 'any'],
        ['', [event], 'any'],
        ['nul\0', [event], 'any'],
        ['half\ud83d', [event], 'any'],
        ['invalid', [event, event], 'any'],
        ['invalid', [newEvent({ id: '' })], 'any'],
        ['invalid', [newEvent({ type: '' })], 'any'],
        ['invalid', [newEvent({ version: 0 })], 'any'],
        ['invalid', [event], -1],
        ['invalid', [event], 0.5],
        ['invalid', [event], Number.NaN],
      ];
      for (const args of impossible) await expect(log.append(...args)).rejects.toThrow(InvalidAppend);
      expect(await collect(log.readStream('invalid'))).toEqual([]);
    });
  });
}
