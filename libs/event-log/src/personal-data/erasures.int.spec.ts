import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ERASED } from '#libs/domain';
import { collect } from '../contract/contract-fixtures.js';
import { InvalidAppend, LogUnavailable } from '../event-log-errors.js';
import type { AppendResult, EventLog } from '../event-log.js';
import { openSqliteEventLog } from '../sqlite/open-sqlite-event-log.js';
import { openUserKeys } from './open-user-keys.js';
import { erased, said } from './personal-fixtures.js';
import { SealedEventLog } from './sealed-event-log.js';
import type { UserKeys } from './user-keys.js';

/** How an append goes on the way to the store. */
type Way = (append: () => Promise<AppendResult>) => Promise<AppendResult>;

describe('an erasure whose append or whose key makes trouble', () => {
  let directory: string;
  let keys: UserKeys;
  let store: EventLog;
  let log: SealedEventLog;
  let way: Way;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'parley-erasures-'));
    keys = await openUserKeys(join(directory, 'keys'));
    store = await openSqliteEventLog({ directory: join(directory, 'log') });
    way = append => append();
    const between: EventLog = {
      append: (...given) => way(() => store.append(...given)),
      readStream: (...given) => store.readStream(...given),
      readAll: options => store.readAll(options),
      tail: options => store.tail(options),
      head: () => store.head(),
      positionBefore: time => store.positionBefore(time),
      close: () => store.close(),
    };
    log = new SealedEventLog(between, keys);
    await log.append('chat-1', [said('ada', 'before')], 'any');
  });
  afterEach(async () => {
    await log.close();
    rmSync(directory, { recursive: true });
  });
  const contents = async (): Promise<unknown[]> =>
    (await collect(log.readAll({ types: ['ChatMessageSent'] }))).map(
      ({ data }) => (data as { content: unknown }).content,
    );

  test('of which it is unknown whether it was recorded, and it was, is carried out before the user gets a key', async () => {
    way = async append => {
      await append();
      throw new LogUnavailable('gone');
    };
    await expect(log.append('user-ada', [erased('ada')], 'any')).rejects.toThrow(LogUnavailable);
    way = append => append();
    await log.append('chat-1', [said('ada', 'after')], 'any');
    expect(await contents()).toEqual([ERASED, 'after']);
  });

  test('of which it is unknown whether it was recorded, and it was not, erases nothing until it is repeated', async () => {
    const event = erased('ada');
    way = () => Promise.reject(new LogUnavailable('gone'));
    await expect(log.append('user-ada', [event], 'any')).rejects.toThrow(LogUnavailable);
    await expect(log.append('chat-1', [said('ada', 'lost')], 'any')).rejects.toThrow(LogUnavailable);
    way = append => append();
    await log.append('chat-1', [said('ada', 'still')], 'any');
    expect(await contents()).toEqual(['before', 'still']);
    await log.append('user-ada', [event], 'any');
    expect(await contents()).toEqual([ERASED, ERASED]);
  });

  test('that is refused erases nothing', async () => {
    await expect(log.append('user-ada', [erased('ada')], 7)).rejects.toThrow('was expected at 7');
    await log.append('chat-1', [said('ada', 'after')], 'any');
    expect(await contents()).toEqual(['before', 'after']);
  });

  test('waits for what is sealed already, and what comes after it waits for it', async () => {
    const gate = Promise.withResolvers<void>();
    way = append => gate.promise.then(append);
    const sealed = log.append('chat-1', [said('ada', 'sealed')], 'any');
    const erasing = log.append('user-ada', [erased('ada')], 'any');
    const after = log.append('chat-1', [said('ada', 'after'), said('grace', 'hers')], 'any');
    const again = log.append('user-ada', [erased('ada')], 'any');
    gate.resolve();
    const positions = (await Promise.all([sealed, erasing, after, again])).map(({ position }) => position);
    expect(positions).toEqual(positions.toSorted((one, other) => one - other));
    expect(await contents()).toEqual([ERASED, ERASED, ERASED, 'hers']);
  });

  test('is not taken together with personal texts', async () => {
    const both = [said('ada', 'last words'), erased('ada')];
    await expect(log.append('user-ada', both, 'any')).rejects.toThrow(InvalidAppend);
    expect(await contents()).toEqual(['before']);
  });
});
