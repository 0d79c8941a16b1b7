import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import streams from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { credentials } from '@grpc/grpc-js';
import type { EventLog } from '../event-log.js';
import { openSqliteEventLog } from '../sqlite/open-sqlite-event-log.js';
import type { EventStoreDbDoor, EventStoreDbDoorOptions } from './door-options.js';
import { openEventStoreDbDoor } from './open-eventstoredb-door.js';

/** A door on an empty log, with the unmodified client and, for what that cannot say, the bare stubs. */
export interface DoorForTests {
  readonly log: EventLog;
  readonly door: EventStoreDbDoor;
  readonly client: EventStoreDBClient;
  readonly stubs: StreamsClient;
  close(): Promise<void>;
}

/** The client keeps its pending appends in one table per module, so that a test file opens one door at a time. */
export async function openDoorForTests(
  options: Partial<Omit<EventStoreDbDoorOptions, 'log' | 'tls'>> = {},
): Promise<DoorForTests> {
  const directory = mkdtempSync(join(tmpdir(), 'parley-door-'));
  const log = await openSqliteEventLog({ directory });
  const door = await openEventStoreDbDoor({ log, host: '127.0.0.1', port: 0, writable: true, ...options });
  const client = EventStoreDBClient.connectionString(`esdb://127.0.0.1:${door.port}?tls=false`);
  const stubs = new streams.StreamsClient(`127.0.0.1:${door.port}`, credentials.createInsecure());
  return {
    log,
    door,
    client,
    stubs,
    close: async () => {
      await client.dispose();
      stubs.close();
      await door.close();
      await log.close();
      rmSync(directory, { recursive: true });
    },
  };
}

export async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Credentials have the client append by `Append` instead of `BatchAppend`; without TLS it does not send them. */
export const BY_APPEND = { credentials: { username: 'nobody', password: 'nothing' } };
