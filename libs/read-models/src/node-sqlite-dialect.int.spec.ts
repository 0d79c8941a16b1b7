import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Kysely, sql, type Generated } from 'kysely';
import { nodeSqliteDialect } from './node-sqlite-dialect.js';

interface Tables {
  things: { id: Generated<number>; name: string | null; flag: number | boolean };
}

let database: DatabaseSync;
let db: Kysely<Tables>;
beforeEach(async () => {
  database = new DatabaseSync(':memory:');
  db = new Kysely<Tables>({ dialect: nodeSqliteDialect(database) });
  await sql`CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT UNIQUE, flag INTEGER)`.execute(db);
});
afterEach(() => db.destroy());

const insert = (name: string | null, flag: number | boolean = 0) =>
  db.insertInto('things').values({ name, flag }).executeTakeFirstOrThrow();

describe('Kysely on node:sqlite', () => {
  it('answers rows, ids and counts', async () => {
    expect((await insert('a')).insertId).toBe(1n);
    expect((await insert('b')).insertId).toBe(2n);
    const updated = await db.updateTable('things').set({ flag: 1 }).executeTakeFirstOrThrow();
    expect(updated.numUpdatedRows).toBe(2n);
    const returned = await db.deleteFrom('things').where('name', '=', 'a').returning('id').execute();
    expect(returned).toEqual([{ id: 1 }]);
    expect(await db.selectFrom('things').selectAll().execute()).toEqual([{ id: 2, name: 'b', flag: 1 }]);
  });

  it('writes booleans as 1 and 0, and what is undefined as NULL', async () => {
    await insert('a', true);
    await db
      .insertInto('things')
      .values({ name: undefined as unknown as null, flag: false })
      .execute();
    expect(await db.selectFrom('things').select(['name', 'flag']).execute()).toEqual([
      { name: 'a', flag: 1 },
      { name: null, flag: 0 },
    ]);
  });

  it('undoes a transaction that fails, and refuses with SQLite’s own error', async () => {
    await insert('a');
    const failing = db.transaction().execute(async tx => {
      await tx.insertInto('things').values({ name: 'b', flag: 0 }).execute();
      await tx.insertInto('things').values({ name: 'a', flag: 0 }).execute();
    });
    await expect(failing).rejects.toThrow('UNIQUE constraint failed: things.name');
    expect(await db.selectFrom('things').select('name').execute()).toEqual([{ name: 'a' }]);
  });

  it('keeps others out of a transaction that is under way', async () => {
    const gate = Promise.withResolvers<void>();
    const transaction = db.transaction().execute(async tx => {
      await tx.insertInto('things').values({ name: 'inside', flag: 0 }).execute();
      await gate.promise;
    });
    const outside = insert('outside');
    gate.resolve();
    await Promise.all([transaction, outside]);
    const names = await db.selectFrom('things').select('name').orderBy('id').execute();
    expect(names).toEqual([{ name: 'inside' }, { name: 'outside' }]);
  });

  it('streams a query, also one that is left early and run again', async () => {
    for (const name of ['a', 'b', 'c']) await insert(name);
    const query = db.selectFrom('things').select('name').orderBy('id');
    const seen: unknown[] = [];
    for await (const { name } of query.stream()) {
      seen.push(name);
      if (name === 'b') break;
    }
    expect(seen).toEqual(['a', 'b']);
    expect(await query.execute()).toHaveLength(3);
    await sql`DROP TABLE things`.execute(db);
  });

  it('goes on with a cached query when its table was made anew with other columns', async () => {
    await insert('a');
    const query = db.selectFrom('things').selectAll();
    expect(await query.execute()).toHaveLength(1);
    await sql`DROP TABLE things`.execute(db);
    await sql`CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT, flag INTEGER, more TEXT DEFAULT 'x')`.execute(
      db,
    );
    await insert('b');
    expect(await query.execute()).toEqual([{ id: 1, name: 'b', flag: 0, more: 'x' }]);
  });

  it('runs many more different queries than it keeps', async () => {
    await insert('a');
    for (let length = 1; length <= 400; length += 1) {
      const names = Array.from({ length }, (_, index) => String.fromCharCode(97 + (index % 26)));
      expect(await db.selectFrom('things').select('id').where('name', 'in', names).execute()).toEqual([
        { id: 1 },
      ]);
    }
  });
});
