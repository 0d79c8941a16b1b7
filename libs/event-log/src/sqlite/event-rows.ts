import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RecordedEvent } from '../event-log.js';

/** The columns of an event in the order of EventRow. */
export const EVENT_COLUMNS =
  'e.position, e.stream, e.revision, e.id, e.type, e.version, e.time, e.data, e.metadata';

export type EventRow = readonly [
  position: number,
  stream: number,
  revision: number,
  id: string,
  type: number,
  version: number,
  time: string,
  data: string,
  metadata: string,
];

const MAX_NAMES_REMEMBERED = 50_000;

/** Makes events of rows, and remembers the names that rows refer to by number. */
export class EventRows {
  readonly #streams: Names;
  readonly #types: Names;

  constructor(database: DatabaseSync) {
    this.#streams = new Names(database.prepare('SELECT name FROM streams WHERE id = ?'));
    this.#types = new Names(database.prepare('SELECT name FROM types WHERE id = ?'));
  }

  toEvent(row: EventRow): RecordedEvent {
    return {
      id: row[3],
      type: this.#types.get(row[4]),
      version: row[5],
      time: row[6],
      data: JSON.parse(row[7]) as unknown,
      metadata: JSON.parse(row[8]) as RecordedEvent['metadata'],
      stream: this.#streams.get(row[1]),
      revision: row[2],
      position: row[0],
    };
  }
}

/** Names never change, so they are read once; a full table is dropped and filled again. */
class Names {
  readonly #byId = new Map<number, string>();

  constructor(readonly select: StatementSync) {}

  get(id: number): string {
    let name = this.#byId.get(id);
    if (name === undefined) {
      const row = this.select.get(id);
      if (row === undefined) throw new Error(`The event log is damaged: name ${id} is missing`);
      name = row.name as string;
      if (this.#byId.size >= MAX_NAMES_REMEMBERED) this.#byId.clear();
      this.#byId.set(id, name);
    }
    return name;
  }
}
