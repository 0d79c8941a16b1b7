/**
 * A process of its own for a test that kills it between an event UserErased and the destruction of the key.
 *
 *     node --conditions=source --import …/typescript-sources.mjs erasing-process.ts DATA_DIRECTORY
 *
 * Records a message of Ada's and one of Grace's, then that Ada is erased; writes `recorded` when that is durable, and goes
 * no further.
 */
import { join } from 'node:path';
import type { EventLog } from '../src/event-log.js';
import { openUserKeys } from '../src/personal-data/open-user-keys.js';
import { SealedEventLog } from '../src/personal-data/sealed-event-log.js';
import { openSqliteEventLog } from '../src/sqlite/open-sqlite-event-log.js';

const [dataDir = ''] = process.argv.slice(2);
const store = await openSqliteEventLog({ directory: join(dataDir, 'log') });
const stopping: EventLog = Object.assign(Object.create(store) as EventLog, {
  append: async (...given: Parameters<EventLog['append']>) => {
    const result = await store.append(...given);
    if (given[0] !== 'user-ada') return result;
    process.stdout.write('recorded\n');
    return new Promise<never>(() => undefined);
  },
});
const log = new SealedEventLog(stopping, await openUserKeys(join(dataDir, 'keys')));

const append = (stream: string, type: string, data: object): Promise<unknown> => {
  const metadata = { correlationId: 'request', userId: 'ada' };
  const event = {
    id: `${type} in ${stream}`,
    type,
    version: 1,
    time: '2026-11-22T10:00:00.000Z',
    data,
    metadata,
  };
  return log.append(stream, [event], 'no-stream');
};
await append('chat-1', 'ChatMessageSent', { senderId: 'ada', content: 'of Ada' });
await append('chat-2', 'ChatMessageSent', { senderId: 'grace', content: 'of Grace' });
await append('user-ada', 'UserErased', {
  userId: 'ada',
  erasedBy: 'ada',
  erasedAt: '2026-11-22T10:00:00.000Z',
});
