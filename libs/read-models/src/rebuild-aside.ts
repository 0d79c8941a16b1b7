import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { Kysely, sql, type Transaction } from 'kysely';
import { START, type EventLog, type Position, type RecordedEvent } from '#libs/event-log';
import { applyEvents, type Progress } from './apply-events.js';
import { createCheckpoints, resetProjections, writeCheckpoints } from './checkpoints.js';
import type { Database } from './database.js';
import { nodeSqliteDialect } from './node-sqlite-dialect.js';
import type { Projection } from './projection.js';

/** Rows copied at a time, so that requests are not kept waiting. */
const ROWS = 2_000;

/** Tables of some projections that are built anew in a file beside the read models', while those go on as they are. */
export class RebuildAside {
  readonly #file: string;
  readonly #aside: Kysely<Database>;
  readonly #members: readonly Progress[];

  private constructor(
    private readonly log: EventLog,
    private readonly database: Kysely<Database>,
    private readonly projections: readonly Projection[],
    file: string,
  ) {
    this.#file = `${file}.rebuild`;
    this.#removeFiles();
    const aside = new DatabaseSync(this.#file);
    // Nobody needs the file after a crash.
    aside.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;');
    this.#aside = new Kysely<Database>({ dialect: nodeSqliteDialect(aside) });
    this.#members = projections.map(projection => ({
      projection,
      types: new Set(projection.types),
      position: START,
    }));
  }

  static async begin(
    log: EventLog,
    database: Kysely<Database>,
    projections: readonly Projection[],
  ): Promise<RebuildAside> {
    const { rows } = await sql<{ file: string }>`
      SELECT file FROM pragma_database_list WHERE name = 'main'`.execute(database);
    const rebuild = new RebuildAside(log, database, projections, rows[0]!.file);
    try {
      await createCheckpoints(rebuild.#aside);
      await resetProjections(rebuild.#aside, projections);
      return rebuild;
    } catch (error) {
      await rebuild.end();
      throw error;
    }
  }

  /** Position up to which the new tables are complete. */
  get position(): Position {
    return this.#members[0]?.position ?? START;
  }

  /** Applies so many events more; false when the log's end is reached. */
  async step(events: number): Promise<boolean> {
    const chunk: RecordedEvent[] = [];
    for await (const event of this.log.readAll({ from: this.position, limit: events })) chunk.push(event);
    await applyEvents(this.#aside, this.#members, chunk);
    return chunk.length > 0;
  }

  /** Puts the new tables in place of the old ones, in one transaction: readers see the one or the other. */
  async swap(): Promise<void> {
    const names = await this.#tables();
    await this.#aside.destroy();
    await this.database.connection().execute(async connection => {
      await sql`ATTACH DATABASE ${this.#file} AS aside`.execute(connection);
      try {
        await connection.transaction().execute(async tx => {
          for (const projection of this.projections) {
            await projection.down(tx);
            await projection.up(tx);
          }
          for (const name of names) await copyTable(tx, name);
          await writeCheckpoints(tx, this.projections, this.position);
        });
      } finally {
        await sql`DETACH DATABASE aside`.execute(connection);
      }
    });
  }

  /** To be called in any case. */
  async end(): Promise<void> {
    await this.#aside.destroy();
    this.#removeFiles();
  }

  async #tables(): Promise<readonly string[]> {
    const { rows } = await sql<{ name: string }>`
      SELECT name FROM sqlite_schema
      WHERE type = 'table' AND name <> 'projection_checkpoints' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    `.execute(this.#aside);
    return rows.map(({ name }) => name);
  }

  #removeFiles(): void {
    for (const suffix of ['', '-journal']) rmSync(this.#file + suffix, { force: true });
  }
}

const copyTable = async (tx: Transaction<Database>, name: string): Promise<void> => {
  const [from, to] = [sql.table(`aside.${name}`), sql.table(`main.${name}`)];
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    const { rows } = await sql<{ last: number | null }>`
      SELECT max(rowid) AS last FROM (SELECT rowid FROM ${from} WHERE rowid > ${after} ORDER BY rowid LIMIT ${ROWS})
    `.execute(tx);
    const last = rows[0]?.last ?? null;
    if (last === null) return;
    await sql`INSERT INTO ${to} SELECT * FROM ${from} WHERE rowid > ${after} AND rowid <= ${last} ORDER BY rowid`.execute(
      tx,
    );
    after = last;
    await setImmediate();
  }
};
