import type { Kysely, Transaction } from 'kysely';
import type { AnyEvent } from '#libs/domain';
import type { RecordedEvent } from '#libs/event-log';
import type { Database } from './database.js';

/** Tables that are a function of the log: dropped and built anew whenever they should look different. */
export interface Projection {
  /** Unique. Names its checkpoint. */
  readonly name: string;
  /** Raise it when `up` or `apply` changes: the next start builds the tables anew. */
  readonly version: number;
  /** Types of the events it wants. */
  readonly types: readonly string[];
  /** Creates its tables. */
  up(db: Kysely<Database>): Promise<void>;
  /** Drops its tables, those of earlier versions too, where they exist. */
  down(db: Kysely<Database>): Promise<void>;
  /** Takes in events, in today's shape, each exactly once and in log order. Must give the same rows for the same events, and write only to its own tables. */
  apply(tx: Transaction<Database>, events: readonly RecordedEvent[]): Promise<void>;
}

type DataOf<Type extends AnyEvent['type']> = Extract<AnyEvent, { type: Type }>['data'];

/** For each type of event what it does to the tables. */
export type Handlers<Type extends AnyEvent['type']> = {
  readonly [T in Type]: (
    tx: Transaction<Database>,
    data: DataOf<T>,
    event: RecordedEvent,
  ) => Promise<unknown>;
};

/** A projection that treats events one by one, by type. */
export const projectionOf = <Type extends AnyEvent['type']>(
  { name, version, up, down }: Pick<Projection, 'name' | 'version' | 'up' | 'down'>,
  handlers: Handlers<Type>,
): Projection => ({
  name,
  version,
  up,
  down,
  types: Object.keys(handlers),
  apply: async (tx, events) => {
    for (const event of events) await handlers[event.type as Type](tx, event.data as DataOf<Type>, event);
  },
});
