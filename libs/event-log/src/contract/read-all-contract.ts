import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { START, type EventLog, type ReadAllOptions, type RecordedEvent } from '../event-log.js';
import {
  collect,
  newEvent,
  newEvents,
  search,
  type ContractLog,
  type OpenEmpty,
} from './contract-fixtures.js';

const TYPES = ['Opened', 'Closed', 'Rare', 'Never'];
const PREFIXES = [
  'meeting-',
  'meeting-1',
  'meeting-42',
  'chat-',
  'Meeting',
  'm%',
  'c_at',
  '*',
  'zzz',
  'busy',
  '',
];

export function describeReadAllContract(openEmpty: OpenEmpty): void {
  describe('readAll', () => {
    let opened: ContractLog;
    let log: EventLog;
    let all: RecordedEvent[];
    beforeAll(async () => {
      opened = await openEmpty();
      log = opened.log;
      const appends = Array.from({ length: 900 }, (_, i) => {
        const stream = i % 7 === 0 ? 'busy' : i % 3 === 0 ? `chat-${i % 40}` : `meeting-${i % 500}`;
        const type = i % 150 === 0 ? 'Rare' : (TYPES[i % 2] as string);
        return log.append(
          stream,
          newEvents(1 + (i % 3), () => ({ type })),
          'any',
        );
      });
      // Which of two streams is written first is the log's affair.
      all = (await Promise.all(appends))
        .flatMap(result => result.events)
        .sort((one, other) => one.position - other.position);
    });
    afterAll(() => opened.close());

    test('gives nothing, and START for its head, while the log is empty', async () => {
      const empty = await openEmpty();
      expect(await empty.log.head()).toBe(START);
      expect(await collect(empty.log.readAll())).toEqual([]);
      expect(await collect(empty.log.readAll({ direction: 'backwards' }))).toEqual([]);
      expect(await collect(empty.log.readAll({ streamPrefixes: ['a'], types: ['b'] }))).toEqual([]);
      await empty.close();
    });

    test('gives every event once, in the order of positions, to the head', async () => {
      expect(await collect(log.readAll())).toEqual(all);
      expect(await log.head()).toBe(all.at(-1)?.position);
    });

    test('backwards gives the same in reverse', async () => {
      expect(await collect(log.readAll({ direction: 'backwards' }))).toEqual(all.toReversed());
    });

    test('begins after a position forwards and before it backwards', async () => {
      const at = 700;
      const from = all[at]?.position as number;
      expect(await collect(log.readAll({ from }))).toEqual(all.slice(at + 1));
      expect(await collect(log.readAll({ from, direction: 'backwards' }))).toEqual(
        all.slice(0, at).toReversed(),
      );
      expect(await collect(log.readAll({ from: START }))).toEqual(all);
      expect(await collect(log.readAll({ from: START, direction: 'backwards' }))).toEqual([]);
      expect(await collect(log.readAll({ from: await log.head() }))).toEqual([]);
    });

    test('follows any filter, from anywhere, either way, up to any limit, as a plain search through all events would', async () => {
      const options: fc.Arbitrary<ReadAllOptions> = fc.record(
        {
          from: fc.integer({ min: 0, max: 2_000 }).map(i => all[i % all.length]?.position ?? START),
          direction: fc.constantFrom('forwards' as const, 'backwards' as const),
          limit: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 200, max: 3_000 })),
          types: fc.subarray(TYPES),
          streamPrefixes: fc.uniqueArray(fc.constantFrom(...PREFIXES), { maxLength: 3 }),
        },
        { requiredKeys: [] },
      );
      await fc.assert(
        fc.asyncProperty(options, async given => {
          expect(await collect(log.readAll(given))).toEqual(search(all, given));
        }),
        { numRuns: 150 },
      );
    });

    test('ends at the head as it was, while a writer goes on appending', async () => {
      let seen = 0;
      for await (const event of log.readAll({ streamPrefixes: ['meeting-', 'busy', 'chat-'] })) {
        expect(event).toEqual(all[seen]);
        seen += 1;
        if (seen % 100 === 0) await log.append('busy', [newEvent({ type: 'Later' })], 'any');
      }
      expect(seen).toBe(all.length);
    });
  });
}
