/**
 * A process that opens a writable door on an embedded log, without TLS and without authentication: for tests, and for
 * whoever wants to run the test suite of any EventStoreDB client against the door.
 *
 *     node --import ./libs/event-log/test/typescript-sources.mjs libs/event-log/test/door-process.ts --port 2113
 *
 * Nothing need be built. Without `--port` it takes a free one, without `--data FOLDER` a temporary folder that it removes in
 * the end. Once it listens it
 * prints one line, `EventStoreDB door on esdb://127.0.0.1:2113?tls=false`. Ctrl-C ends it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openEventStoreDbDoor } from '../src/eventstoredb-door/open-eventstoredb-door.js';
import { openSqliteEventLog } from '../src/sqlite/open-sqlite-event-log.js';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '0' }, data: { type: 'string' } },
});
const HOST = '127.0.0.1';

const directory = values.data ?? mkdtempSync(join(tmpdir(), 'parley-door-'));
const log = await openSqliteEventLog({ directory });
const door = await openEventStoreDbDoor({ log, host: HOST, port: Number(values.port), writable: true });

const stop = async (): Promise<void> => {
  await door.close();
  await log.close();
  if (values.data === undefined) rmSync(directory, { recursive: true });
  process.exit();
};
process.once('SIGINT', () => void stop());
process.once('SIGTERM', () => void stop());
process.stdout.write(`EventStoreDB door on esdb://${HOST}:${door.port}?tls=false\n`);
