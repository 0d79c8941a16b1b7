import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  START,
  type EventFilter,
  type EventLog,
  type NewEvent,
  type Position,
  type RecordedEvent,
} from '../event-log.js';
import {
  batchesOf,
  collect,
  ids,
  newEvent,
  newEvents,
  search,
  takeFromTail,
  type ContractLog,
  type OpenEmpty,
} from './contract-fixtures.js';

interface Followed {
  readonly from: Position;
  readonly filter: EventFilter;
  readonly events: readonly RecordedEvent[];
}

export function describeTailContract(openEmpty: OpenEmpty): void {
  describe('tail', () => {
    let opened: ContractLog;
    let log: EventLog;
    beforeAll(async () => {
      opened = await openEmpty();
      log = opened.log;
    });
    afterAll(() => opened.close());

    test('gives history first, then what is appended', async () => {
      const filter = { streamPrefixes: ['both-'] };
      const old = newEvents(600);
      await log.append('both-a', old, 'no-stream');
      const tail = takeFromTail(log.tail({ after: START, ...filter }), 603);
      const fresh = newEvents(3);
      await log.append('both-b', fresh.slice(0, 2), 'no-stream');
      await sleep(20);
      await log.append('both-a', fresh.slice(2), 'any');
      expect(await tail).toEqual(await collect(log.readAll(filter)));
      expect(ids(await tail)).toEqual(ids([...old, ...fresh]));
    });

    test('begins after the position asked for', async () => {
      const { events } = await log.append('after', newEvents(5), 'no-stream');
      const after = events[2]?.position as Position;
      expect(await takeFromTail(log.tail({ after }), 2)).toEqual(events.slice(3));
    });

    test("'end' gives only what is appended after the call, also when iteration begins later", async () => {
      await log.append('end', newEvents(5), 'no-stream');
      const tail = log.tail({ after: 'end', streamPrefixes: ['end'] });
      const first = await log.append('end', newEvents(2), 'any');
      const taken = takeFromTail(tail, 3);
      await sleep(20);
      const second = await log.append('end', [newEvent()], 'any');
      expect(await taken).toEqual([...first.events, ...second.events]);
    });

    test('gives of history and of what is new only what fits the filter', async () => {
      const write = async (): Promise<void> => {
        for (const stream of ['fit-1', 'fit-2', 'fi', 'unfit-1']) {
          await log.append(stream, [newEvent({ type: 'Kept' }), newEvent({ type: 'Left' })], 'any');
        }
      };
      await write();
      const filter = { types: ['Kept', 'Never'], streamPrefixes: ['fit-'] };
      const taken = takeFromTail(log.tail({ after: START, ...filter }), 6);
      await write();
      await sleep(20);
      await write();
      const events = await taken;
      expect(events.map(event => event.stream)).toEqual([
        'fit-1',
        'fit-2',
        'fit-1',
        'fit-2',
        'fit-1',
        'fit-2',
      ]);
      expect(events).toEqual(await collect(log.readAll(filter)));
    });

    test('each tail sees every event once, in order, wherever it starts while many write', async () => {
      const last = { types: ['Last'], streamPrefixes: ['crowd-last'] };
      const filters: EventFilter[] = [
        {},
        { types: ['Even', ...last.types] },
        { streamPrefixes: ['crowd-1', ...last.streamPrefixes] },
        { types: ['Odd', ...last.types], streamPrefixes: ['crowd-2', 'crowd-3', ...last.streamPrefixes] },
      ];
      const follow = async (from: Position, filter: EventFilter, pause: number): Promise<Followed> => {
        const events: RecordedEvent[] = [];
        for await (const batch of log.tail({ after: from, ...filter })) {
          expect(batch.length).toBeGreaterThan(0);
          events.push(...batch);
          if (events.at(-1)?.type === 'Last') break;
          if (pause > 0) await sleep(pause);
        }
        return { from, filter, events };
      };
      const known: RecordedEvent[] = [];
      const tails = filters.map(filter => follow(START, filter, 0));
      const writer = async (n: number): Promise<void> => {
        for (let i = 0; i < 40; i += 1) {
          const type = i % 2 === 0 ? 'Even' : 'Odd';
          const events = newEvents(1 + (i % 3), () => ({ type }));
          known.push(...(await log.append(`crowd-${(n + i) % 4}`, events, 'any')).events);
          if (Math.random() < 0.04) {
            const from = known[Math.floor(Math.random() * known.length)]?.position ?? START;
            const filter = filters[tails.length % filters.length] as EventFilter;
            tails.push(follow(from, filter, tails.length % 3 === 0 ? Math.random() * 5 : 0));
          }
        }
      };
      await Promise.all(Array.from({ length: 16 }, (_, n) => writer(n)));
      await log.append('crowd-last', [newEvent({ type: 'Last' })], 'no-stream');
      const all = await collect(log.readAll());
      for (const { from, filter, events } of await Promise.all(tails)) {
        expect(events).toEqual(search(all, { from, ...filter }));
      }
    });

    test('a reader slower than the writers gets all, once, in order', async () => {
      const filter = { streamPrefixes: ['slow-'] };
      const events = newEvents(5_000);
      const write = async (some: readonly NewEvent[]): Promise<void> => {
        await Promise.all(some.map((event, n) => log.append(`slow-${n % 5}`, [event], 'any')));
      };
      const seen: string[] = [];
      const tail = log.tail({ after: 'end', ...filter })[Symbol.asyncIterator]();
      const read = async (): Promise<void> => {
        const batch = await tail.next();
        if (batch.done) throw new Error('The tail ended');
        seen.push(...ids(batch.value));
      };
      const first = read();
      await write(events.slice(0, 1));
      await first;
      // More than any reader should keep in memory, while this one looks away, twice: then it goes on beside the writers.
      await write(events.slice(1, 2_500));
      await read();
      await write(events.slice(2_500, 4_500));
      const rest = write(events.slice(4_500));
      while (seen.length < events.length) await read();
      await rest;
      await tail.return?.();
      expect(seen).toEqual(ids(await collect(log.readAll(filter))));
      expect(new Set(seen)).toEqual(new Set(ids(events)));
    });

    test('ends when its signal aborts: before it began, in history, and while it waits', async () => {
      await log.append('abort', newEvents(900), 'any');
      const never = await batchesOf(log.tail({ after: START, signal: AbortSignal.abort() }));
      expect(never).toEqual([]);
      const early = new AbortController();
      let seen = 0;
      for await (const batch of log.tail({ after: START, signal: early.signal })) {
        seen += batch.length;
        early.abort();
      }
      expect(seen).toBeGreaterThan(0);
      expect(seen).toBeLessThan(900);
      const late = new AbortController();
      const waiting = batchesOf(log.tail({ after: 'end', signal: late.signal }));
      await sleep(20);
      late.abort();
      expect(await waiting).toEqual([]);
    });

    test('can be left while it waits', async () => {
      const iterator = log.tail({ after: 'end' })[Symbol.asyncIterator]();
      const waiting = iterator.next();
      await sleep(20);
      await iterator.return?.();
      expect((await waiting).done).toBe(true);
      expect((await iterator.next()).done).toBe(true);
    });
  });
}
