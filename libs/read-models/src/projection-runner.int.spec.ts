import { copyFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { LogUnavailable, START, type EventLog } from '#libs/event-log';
import { appendMany as appendManyTo, counting, idsIn as idsInTable, until } from './counting-projection.js';
import { openReadModels } from './open-read-models.js';
import { openTestBed, type TestBed } from './open-test-bed.js';
import type { Projection } from './projection.js';
import { ProjectionRunner } from './projection-runner.js';

let bed: TestBed;
beforeEach(async () => {
  bed = await openTestBed();
});
afterEach(() => bed.close());

const appendMany = (count: number): Promise<string[]> => appendManyTo(bed, count);
const idsIn = (name: string, db = bed.store.reader): Promise<string[]> => idsInTable(name, db);

describe('following the log', () => {
  it('applies history and then what comes, in order, each once', async () => {
    const before = await appendMany(500);
    const runner = bed.runner([counting('one')]);
    await runner.start();
    const after = [...(await appendMany(50)), ...(await appendMany(50))];
    await runner.caughtUp(await bed.log.head());
    expect(await idsIn('one')).toEqual([...before, ...after]);
  });

  it('is caught up with positions whose events no projection wants', async () => {
    const runner = bed.runner([counting('one')]);
    await runner.start();
    const [event] = await bed.append('stream', ['Other', {}]);
    await runner.caughtUp(event!.position);
    expect(runner.status()).toMatchObject([{ position: event!.position, state: 'live' }]);
    expect(await runner.lag()).toEqual({ one: 0 });
  });

  it('is caught up at once with what it has, and with an empty log', async () => {
    const runner = bed.runner([counting('one')]);
    await runner.start();
    await runner.caughtUp(START);
  });

  it('is caught up only when every projection is', async () => {
    const gate = Promise.withResolvers<void>();
    const slow = counting('slow', { apply: () => gate.promise });
    const runner = bed.runner([counting('one'), slow]);
    await runner.start();
    const [event] = await bed.append('stream', ['Wanted', {}]);
    let caughtUp = false;
    const waiting = runner.caughtUp(event!.position).then(() => (caughtUp = true));
    await setTimeout(30);
    expect(caughtUp).toBe(false);
    gate.resolve();
    await waiting;
  });

  it('shows readers nothing of a batch before all of it', async () => {
    const entered = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const waits = counting('second', {
      apply: () => {
        entered.resolve();
        return gate.promise;
      },
    });
    const runner = bed.runner([counting('first'), waits]);
    await runner.start();
    const [event] = await bed.append('stream', ['Wanted', {}]);
    await entered.promise;
    expect(await idsIn('first')).toEqual([]);
    gate.resolve();
    await runner.caughtUp(event!.position);
    expect(await idsIn('first')).toEqual([event!.id]);
  });

  it('goes on when the log was out of reach, and reports it', async () => {
    let failures = 3;
    const flaky: EventLog = {
      append: (...append) => bed.log.append(...append),
      readStream: (...read) => bed.log.readStream(...read),
      readAll: (...read) => bed.log.readAll(...read),
      head: () => bed.log.head(),
      positionBefore: time => bed.log.positionBefore(time),
      close: () => bed.log.close(),
      tail: async function* (options) {
        for await (const batch of bed.log.tail(options)) {
          yield batch;
          if (failures-- > 0) throw new LogUnavailable('gone');
        }
      },
    };
    const runner = bed.runner([counting('one')], flaky);
    await runner.start();
    const ids: string[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      ids.push(...(await appendMany(3)));
      await runner.caughtUp(await bed.log.head());
    }
    expect(await idsIn('one')).toEqual(ids);
    expect(bed.errors).toEqual(Array(3).fill([undefined, 'gone']));
  });
});

describe('stopping', () => {
  it('rejects those who wait, and those who come later', async () => {
    const runner = bed.runner([counting('one')]);
    await runner.start();
    const waiting = runner.caughtUp(1_000);
    const stopping = runner.stop();
    await expect(waiting).rejects.toThrow('stopped');
    await stopping;
    await expect(runner.caughtUp(0)).rejects.toThrow('stopped');
  });
});

describe('starting again', () => {
  it('goes on from the checkpoints, also in a file that was closed', async () => {
    const before = await appendMany(30);
    const first = bed.runner([counting('one')]);
    await first.start();
    await first.caughtUp(await bed.log.head());
    await first.stop();
    const after = await appendMany(30);
    await bed.reopen();
    const applied: string[] = [];
    const one = counting('one');
    const second = bed.runner([
      { ...one, apply: (tx, events) => (applied.push(...events.map(({ id }) => id)), one.apply(tx, events)) },
    ]);
    await second.start();
    await second.caughtUp(await bed.log.head());
    expect(applied).toEqual(after);
    expect(await idsIn('one')).toEqual([...before, ...after]);
  });

  it('builds anew the projections of another version and the new ones, and no others', async () => {
    const ids = await appendMany(30);
    const first = bed.runner([counting('same'), counting('changed')]);
    await first.start();
    await first.caughtUp(await bed.log.head());
    await first.stop();
    const seen: string[] = [];
    const noting = (name: string, version: number): Projection => {
      const projection = counting(name, { version });
      return { ...projection, apply: (tx, events) => (seen.push(name), projection.apply(tx, events)) };
    };
    const second = bed.runner([noting('same', 1), noting('changed', 2), noting('new', 1)]);
    await second.start();
    await second.caughtUp(await bed.log.head());
    expect(new Set(seen)).toEqual(new Set(['changed', 'new']));
    for (const name of ['same', 'changed', 'new']) expect(await idsIn(name)).toEqual(ids);
    expect(second.status().map(({ version, state }) => [version, state])).toEqual([
      [1, 'live'],
      [2, 'live'],
      [1, 'live'],
    ]);
  });

  it('builds anew what tells of a future that the log does not have', async () => {
    const ids = await appendMany(3);
    const first = bed.runner([counting('one')]);
    await first.start();
    await first.caughtUp(await bed.log.head());
    await first.stop();
    await sql`UPDATE projection_checkpoints SET position = 4711`.execute(bed.store.writer);
    await sql`INSERT INTO one VALUES ('never happened', 4711)`.execute(bed.store.writer);
    const second = bed.runner([counting('one')]);
    await second.start();
    await second.caughtUp(await bed.log.head());
    expect(await idsIn('one')).toEqual(ids);
  });
});

describe('a crash', () => {
  it('at any moment leaves tables that go on to the same content, with every event in once', async () => {
    const ids = await appendMany(900);
    const copies: string[] = [];
    /** The files as `kill -9` would leave them: SQLite writes to them only in calls of this same thread. */
    const copyFiles = (): void => {
      const copy = `${bed.file}.copy-${copies.length}`;
      for (const suffix of ['', '-wal']) copyFileSync(bed.file + suffix, copy + suffix);
      copies.push(copy);
    };
    const one = counting('one');
    const runner = bed.runner([
      {
        ...one,
        apply: async (tx, events) => {
          copyFiles();
          await one.apply(tx, events.slice(0, 7));
          copyFiles();
          await one.apply(tx, events.slice(7));
          copyFiles();
        },
      },
    ]);
    await runner.start();
    await runner.caughtUp(await bed.log.head());
    await runner.stop();
    expect(copies.length).toBeGreaterThan(9);
    for (const file of copies) {
      const store = await openReadModels({ file });
      const database = store.writer;
      const onError = (error: unknown): void => expect(error).toBeUndefined();
      const again = new ProjectionRunner({ log: bed.log, database, projections: [one], onError });
      await again.start();
      await again.caughtUp(await bed.log.head());
      expect(await idsIn('one', store.reader)).toEqual(ids);
      await again.stop();
      await store.close();
    }
  });
});

describe('a projection that fails', () => {
  it('is tried again until it succeeds, reported each time, and skips nothing', async () => {
    let failures = 4;
    const one = counting('one');
    const failing: Projection = {
      ...one,
      apply: async (tx, events) => {
        // Half of the batch is written when it fails.
        await one.apply(tx, events.slice(0, Math.ceil(events.length / 2)));
        if (failures-- > 0) throw new Error('cannot');
        await one.apply(tx, events.slice(Math.ceil(events.length / 2)));
      },
    };
    const runner = bed.runner([failing]);
    await runner.start();
    const ids = [...(await appendMany(10)), ...(await appendMany(10))];
    await runner.caughtUp(await bed.log.head());
    expect(await idsIn('one')).toEqual(ids);
    expect(bed.errors).toEqual(Array(4).fill(['one', 'cannot']));
    expect(runner.status()).toMatchObject([{ state: 'live', attempts: 0 }]);
  });

  it('holds up caughtUp, not the other projections, and is visible in the status', async () => {
    let broken = true;
    const bad = counting('bad');
    const runner = bed.runner([
      counting('good'),
      {
        ...bad,
        apply: (tx, events) => (broken ? Promise.reject(new Error('cannot')) : bad.apply(tx, events)),
      },
    ]);
    await runner.start();
    const ids = await appendMany(10);
    const caughtUp = runner.caughtUp(await bed.log.head());
    await until(async () => (await idsIn('good')).length === ids.length);
    ids.push(...(await appendMany(10)));
    await until(async () => (await idsIn('good')).length === ids.length);
    expect(await idsIn('bad')).toEqual([]);
    expect(runner.status()).toMatchObject([
      { name: 'good', state: 'live' },
      { name: 'bad', state: 'failing', error: 'cannot', position: START },
    ]);
    expect(await runner.lag()).toEqual({ good: 0, bad: 20 });
    broken = false;
    await caughtUp;
    await runner.caughtUp(await bed.log.head());
    expect(await idsIn('bad')).toEqual(ids);
    expect(runner.status()).toMatchObject([{ state: 'live' }, { state: 'live' }]);
  });
});
