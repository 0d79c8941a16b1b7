import { LogUnavailable } from '../event-log-errors.js';
import type { EventLog } from '../event-log.js';
import { Connection } from './connection.js';
import { withoutCredentials } from './connection-string.js';
import { EventStoreDbLog } from './eventstoredb-log.js';
import type { OnReconnect } from './server-tail.js';

export interface EventStoreDbLogOptions {
  /** `esdb://…` or `esdb+discover://…`, with whatever the client takes: credentials, TLS, a cluster. */
  readonly connectionString: string;
  /** Told when a subscription was dropped, with the milliseconds after which it is opened again. */
  readonly onReconnect?: OnReconnect;
}

interface Shared {
  readonly connection: Connection;
  users: number;
}

const connections = new Map<string, Shared>();

/**
 * Opens the event log on an EventStoreDB (release 22.6 or newer). It connects when it is first used, and again whenever the
 * server was away. All logs of one connection string in a process share one connection, which the last one closes.
 *
 * Positions are EventStoreDB's commit positions. What the server keeps for itself (`$…`) is not shown.
 * @throws LogUnavailable when the connection string is not one.
 */
export async function openEventStoreDbLog({
  connectionString,
  onReconnect = () => undefined,
}: EventStoreDbLogOptions): Promise<EventLog> {
  const shared = connections.get(connectionString) ?? connect(connectionString);
  shared.users += 1;
  const release = async (): Promise<void> => {
    shared.users -= 1;
    if (shared.users > 0) return;
    connections.delete(connectionString);
    await shared.connection.close();
  };
  return new EventStoreDbLog({ connection: shared.connection, onReconnect, release });
}

function connect(connectionString: string): Shared {
  try {
    const shared: Shared = { connection: new Connection(connectionString), users: 0 };
    connections.set(connectionString, shared);
    return shared;
  } catch (error) {
    const { message } = error as Error;
    // Not as the cause: it carries the connection string, password and all.
    throw new LogUnavailable(`EventStoreDB cannot be connected to: ${withoutCredentials(message)}`);
  }
}
