import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { appendMany as appendManyTo, counting, idsIn as idsInTable, until } from './counting-projection.js';
import { openTestBed, type TestBed } from './open-test-bed.js';
import type { Projection } from './projection.js';

let bed: TestBed;
beforeEach(async () => {
  bed = await openTestBed();
});
afterEach(() => bed.close());

const appendMany = (count: number): Promise<string[]> => appendManyTo(bed, count);
const idsIn = (name: string, db = bed.store.reader): Promise<string[]> => idsInTable(name, db);

describe('rebuilding', () => {
  it('replays the log into the projections that are named, and no others', async () => {
    const ids = await appendMany(1000);
    const runner = bed.runner([counting('one'), counting('two')]);
    await runner.start();
    await runner.caughtUp(await bed.log.head());
    await sql`DELETE FROM one`.execute(bed.store.writer);
    await sql`INSERT INTO two VALUES ('wrong', 0)`.execute(bed.store.writer);
    const progress: number[] = [];
    const head = await bed.log.head();
    await runner.rebuild(['one'], ({ done, head: end }) => {
      expect(end).toBe(head);
      progress.push(done);
    });
    expect(await idsIn('one')).toEqual(ids);
    expect(await idsIn('two')).toContain('wrong');
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBe(head);
    expect(existsSync(`${bed.file}.rebuild`)).toBe(false);
  });

  it('goes on beside everything: readers see the old tables or the new, always with what was appended', async () => {
    const ids = await appendMany(3000);
    const runner = bed.runner([counting('one'), counting('two')]);
    await runner.start();
    await runner.caughtUp(await bed.log.head());
    let rebuilt = false;
    const rebuilding = runner.rebuild().then(() => (rebuilt = true));
    let turns = 0;
    for (; !rebuilt || turns < 5; turns += 1) {
      ids.push(...(await appendMany(3)));
      await runner.caughtUp(await bed.log.head());
      expect(await idsIn('one')).toEqual(ids);
      expect(await idsIn('two')).toEqual(ids);
    }
    await rebuilding;
    expect(runner.status()).toMatchObject([{ state: 'live' }, { state: 'live' }]);
  });

  it('is kept: the next start goes on from it', async () => {
    const ids = await appendMany(30);
    const runner = bed.runner([counting('one')]);
    await runner.start();
    await runner.rebuild();
    await runner.stop();
    await bed.reopen();
    ids.push(...(await appendMany(3)));
    const again = bed.runner([counting('one')]);
    await again.start();
    await again.caughtUp(await bed.log.head());
    expect(await idsIn('one')).toEqual(ids);
  });

  it('of an unknown projection is refused', async () => {
    const runner = bed.runner([counting('one')]);
    await runner.start();
    await expect(runner.rebuild(['none'])).rejects.toThrow('There is no projection none');
  });

  it('of nothing, or from an empty log, is done at once', async () => {
    const runner = bed.runner([counting('one')]);
    await runner.start();
    await runner.rebuild();
    await appendMany(10);
    await runner.rebuild([]);
  });

  it('again while it is under way comes after it', async () => {
    const ids = await appendMany(900);
    const runner = bed.runner([counting('one'), counting('two')]);
    await runner.start();
    await Promise.all([runner.rebuild(), runner.rebuild(['two']), runner.rebuild(['one', 'two'])]);
    await runner.caughtUp(await bed.log.head());
    expect(await idsIn('one')).toEqual(ids);
    expect(await idsIn('two')).toEqual(ids);
  });

  it('mends a projection that was failing, once it can', async () => {
    let broken = true;
    const one = counting('one');
    const fragile: Projection = {
      ...one,
      apply: (tx, events) => (broken ? Promise.reject(new Error('cannot')) : one.apply(tx, events)),
    };
    const runner = bed.runner([fragile, counting('two')]);
    await runner.start();
    const ids = await appendMany(10);
    await until(() => runner.status()[0]!.state === 'failing');
    await expect(runner.rebuild(['one'])).rejects.toThrow('cannot');
    expect(await idsIn('one')).toEqual([]);
    broken = false;
    await runner.rebuild(['one']);
    ids.push(...(await appendMany(10)));
    await runner.caughtUp(await bed.log.head());
    expect(await idsIn('one')).toEqual(ids);
    expect(runner.status()).toMatchObject([{ state: 'live' }, { state: 'live' }]);
  });

  it('that fails leaves the tables as they were', async () => {
    const ids = await appendMany(500);
    let applied = 0;
    const one = counting('one');
    const failing: Projection = {
      ...one,
      apply: (tx, events) =>
        (applied >= 600 ? Promise.reject(new Error('cannot')) : one.apply(tx, events)).then(
          () => void (applied += events.length),
        ),
    };
    const runner = bed.runner([failing]);
    await runner.start();
    await runner.caughtUp(await bed.log.head());
    await expect(runner.rebuild()).rejects.toThrow('cannot');
    expect(await idsIn('one')).toEqual(ids);
    expect(existsSync(`${bed.file}.rebuild`)).toBe(false);
    expect(runner.status()).toMatchObject([{ state: 'live', attempts: 0 }]);
  });

  it('ends with an error when the runner stops, and stopping waits for it', async () => {
    await appendMany(2000);
    const runner = bed.runner([counting('one')]);
    await runner.start();
    await runner.caughtUp(await bed.log.head());
    const under = Promise.withResolvers<void>();
    const rebuilding = runner.rebuild(undefined, () => under.resolve());
    await under.promise;
    const stopped = runner.stop();
    await expect(rebuilding).rejects.toThrow('stopped');
    await stopped;
    expect(existsSync(`${bed.file}.rebuild`)).toBe(false);
  });
});
