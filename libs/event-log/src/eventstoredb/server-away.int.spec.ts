import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { ulid } from 'ulid';
import { collect, ids, newEvent } from '../contract/contract-fixtures.js';
import { LogUnavailable } from '../event-log-errors.js';
import { START, type EventLog, type NewEvent, type RecordedEvent } from '../event-log.js';
import { TestDoor } from '../eventstoredb-for-tests.js';
import { openEventStoreDbLog } from './open-eventstoredb-log.js';

jest.setTimeout(240_000);

let door: TestDoor;
let log: EventLog;
const dropped: Error[] = [];
beforeAll(async () => {
  door = await TestDoor.start();
  const { connectionString } = door;
  log = await openEventStoreDbLog({ connectionString, onReconnect: error => dropped.push(error) });
});
afterAll(async () => {
  await log.close();
  await door.stop();
});
beforeEach(async () => {
  if (!door.running) await door.restart();
  dropped.length = 0;
});

const fresh = (): NewEvent => newEvent({ id: ulid() });

/** As a writer does who must not lose it: the same again until it is answered. */
async function insist(stream: string, event: NewEvent): Promise<RecordedEvent> {
  for (;;) {
    try {
      return (await log.append(stream, [event], 'any')).events[0] as RecordedEvent;
    } catch (error) {
      expect(error).toBeInstanceOf(LogUnavailable);
      await sleep(10);
    }
  }
}

async function follow(tail: AsyncIterable<readonly RecordedEvent[]>, last: string): Promise<RecordedEvent[]> {
  const seen: RecordedEvent[] = [];
  for await (const batch of tail) {
    seen.push(...batch);
    if (batch.some(({ id }) => id === last)) break;
  }
  return seen;
}

describe('while the server is away', () => {
  test('appends, reads, the head and times are refused with LogUnavailable, and work again once it is back', async () => {
    const { events } = await log.append('away', [fresh(), fresh()], 'no-stream');
    await door.kill();
    const asked: (() => Promise<unknown>)[] = [
      () => log.append('away', [fresh()], 1),
      () => log.append('away', [newEvent()], 1),
      () => collect(log.readStream('away')),
      () => collect(log.readAll()),
      () => collect(log.readAll({ types: ['ThingHappened'] })),
      () => collect(log.readAll({ direction: 'backwards', streamPrefixes: ['away'] })),
      () => log.head(),
      () => log.positionBefore('2026-11-02T10:00:00.000Z'),
    ];
    for (let round = 0; round < 3; round += 1) {
      for (const ask of asked) await expect(ask()).rejects.toThrow(LogUnavailable);
    }
    await door.restart();
    expect(await collect(log.readStream('away'))).toEqual(events);
    expect((await log.append('away', [fresh()], 1)).revision).toBe(2);
    expect(await log.head()).toBeGreaterThan(events[1]?.position as number);
  });

  test('hundreds of appends under way when it is killed are each refused or written, and their repeats written once', async () => {
    const events = Array.from({ length: 400 }, fresh);
    const first = await insist('under-way', fresh());
    const underWay = events.map(event => log.append('under-way', [event], 'any'));
    await Promise.race(underWay);
    await door.kill();
    // More than the client's own table of appends survives: to a server that is not there.
    const later = Array.from({ length: 100 }, fresh);
    const refused = await Promise.allSettled(later.map(event => log.append('under-way', [event], 'any')));
    for (const result of refused) {
      expect(result).toMatchObject({ status: 'rejected', reason: expect.any(LogUnavailable) as unknown });
    }
    const results = await Promise.allSettled(underWay);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(LogUnavailable);
    }
    await door.restart();
    const recorded = new Map<string, RecordedEvent>();
    for (const event of [...events, ...later]) recorded.set(event.id, await insist('under-way', event));
    results.forEach((result, i) => {
      if (result.status === 'rejected') return;
      expect(recorded.get(events[i]?.id as string)).toEqual(result.value.events[0]);
    });
    const stream = await collect(log.readStream('under-way'));
    expect(stream).toHaveLength(501);
    expect(new Set(ids(stream))).toEqual(new Set([first.id, ...recorded.keys()]));
  });

  test('a tail goes on from where it was each time it comes back: nothing lost, nothing twice', async () => {
    const filters = [{}, { types: ['Kept', 'Last'] }, { streamPrefixes: ['again-'] }];
    const last = newEvent({ id: ulid(), type: 'Last' });
    const after = await log.head();
    const tails = filters.map(filter => follow(log.tail({ after, ...filter }), last.id));
    const written: RecordedEvent[] = [];
    for (let round = 0; round < 4; round += 1) {
      const writing = (async () => {
        for (let i = 0; i < 60; i += 1) {
          const event = newEvent({ id: ulid(), type: i % 3 === 0 ? 'Kept' : 'Other' });
          written.push(await insist(`again-${i % 4}`, event));
        }
      })();
      await log.append('again-0', [fresh()], 'any').then(({ events }) => written.push(...events));
      // Killed, or stopped in good order.
      await (round % 2 === 0 ? door.kill() : door.shutDown());
      await door.restart();
      await writing;
    }
    written.push(await insist('again-last', last));
    written.sort((one, other) => one.position - other.position);
    const [all, types, streams] = await Promise.all(tails);
    expect(all).toEqual(written);
    expect(types).toEqual(written.filter(({ type }) => type === 'Kept' || type === 'Last'));
    expect(streams).toEqual(written);
    expect(dropped.length).toBeGreaterThanOrEqual(4);
    for (const error of dropped) expect(error).toBeInstanceOf(LogUnavailable);
  });

  test('a tail that is begun meanwhile, or that no event has reached yet, begins once it is back', async () => {
    const { events } = await log.append('begun', [fresh(), fresh()], 'no-stream');
    const early = log.tail({ after: 'end', streamPrefixes: ['begun'] });
    const last = fresh();
    const waiting = follow(early, last.id);
    await log.head();
    await door.kill();
    await expect(log.head()).rejects.toThrow(LogUnavailable);
    const late = follow(
      log.tail({ after: events[0]?.position ?? START, streamPrefixes: ['begun'] }),
      last.id,
    );
    await door.restart();
    const recorded = await insist('begun', last);
    expect(await waiting).toEqual([recorded]);
    expect(await late).toEqual([events[1], recorded]);
  });

  test('a tail can be left, and the log closed, while it is away', async () => {
    const other = await openEventStoreDbLog({ connectionString: door.connectionString });
    const aborted = new AbortController();
    const one = collectBatches(other.tail({ after: START, signal: aborted.signal }));
    const two = collectBatches(other.tail({ after: 'end' }));
    await other.head();
    await door.kill();
    await expect(other.head()).rejects.toThrow(LogUnavailable);
    aborted.abort();
    await one;
    await other.close();
    await two;
  });

  test('a server that takes connections and answers nothing is away too, after a few seconds', async () => {
    const { events } = await log.append('frozen', [fresh()], 'no-stream');
    const last = fresh();
    const tail = follow(log.tail({ after: 'end', streamPrefixes: ['frozen'] }), last.id);
    await log.head();
    door.freeze();
    try {
      const asked = [
        log.append('frozen', [fresh()], 0),
        log.append('frozen', [newEvent()], 0),
        collect(log.readStream('frozen')),
        collect(log.readAll({ types: ['ThingHappened'] })),
        log.head(),
      ];
      for (const result of await Promise.allSettled(asked)) {
        expect(result).toMatchObject({ status: 'rejected', reason: expect.any(LogUnavailable) as unknown });
      }
    } finally {
      door.thaw();
    }
    const [first] = await collect(log.readStream('frozen', { limit: 1 }));
    expect(first).toEqual(events[0]);
    const recorded = await insist('frozen', last);
    const seen = await tail;
    expect(seen.at(-1)).toEqual(recorded);
    // Of an append whose answer did not come nobody knew whether it was written.
    expect(seen).toEqual(await collect(log.readStream('frozen', { from: 1 })));
  });
});

test('what happens to one server is nothing to the log on another', async () => {
  const neighbour = await TestDoor.start();
  const theirs = await openEventStoreDbLog({ connectionString: neighbour.connectionString });
  try {
    await theirs.append('theirs', [fresh()], 'no-stream');
    const appends = Array.from({ length: 300 }, () => log.append('ours', [fresh()], 'any'));
    const lost = Promise.allSettled(
      Array.from({ length: 300 }, () => theirs.append('theirs', [fresh()], 'any')),
    );
    await neighbour.kill();
    const more = Array.from({ length: 300 }, () => log.append('ours', [fresh()], 'any'));
    expect((await Promise.all([...appends, ...more])).at(-1)?.revision).toBe(599);
    for (const result of await lost) {
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(LogUnavailable);
    }
  } finally {
    await theirs.close();
    await neighbour.stop();
  }
});

async function collectBatches(tail: AsyncIterable<readonly RecordedEvent[]>): Promise<void> {
  for await (const batch of tail) expect(batch.length).toBeGreaterThan(0);
}
