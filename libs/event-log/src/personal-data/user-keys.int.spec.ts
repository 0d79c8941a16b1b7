import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { LogLocked, LogUnavailable } from '../event-log-errors.js';
import { START } from '../event-log.js';
import { openUserKeys } from './open-user-keys.js';
import { filesWith } from './personal-fixtures.js';
import type { UserKeys } from './user-keys.js';

describe('the keys of users', () => {
  let directory: string;
  let keys: UserKeys;
  beforeEach(async () => {
    directory = join(mkdtempSync(join(tmpdir(), 'parley-keys-')), 'keys');
    keys = await openUserKeys(directory);
  });
  afterEach(async () => {
    await keys.close();
    rmSync(join(directory, '..'), { recursive: true });
  });
  const reopen = async (): Promise<void> => {
    await keys.close();
    keys = await openUserKeys(directory);
  };

  test("are for the owner's eyes only: the directory and every file in it", async () => {
    await keys.make('ada');
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    const modes = readdirSync(directory)
      .filter(name => name.startsWith('keys.sqlite'))
      .map(name => statSync(join(directory, name)).mode & 0o777);
    expect(modes.length).toBeGreaterThan(1);
    expect(new Set(modes)).toEqual(new Set([0o600]));
  });

  test('are one for each user, 256 bits, the same for all who ask at once, and after opening again', async () => {
    expect(keys.current('ada')).toBeUndefined();
    const made = await Promise.all([keys.make('ada'), keys.make('grace'), keys.make('ada')]);
    const [ada, grace, again] = made.map(({ id, key }) => [id, key.export().toString('hex')]);
    expect(again).toEqual(ada);
    expect(grace).not.toEqual(ada);
    expect(made[0]?.key.symmetricKeySize).toBe(32);
    await reopen();
    expect(keys.current('ada')?.id).toBe(ada?.[0]);
    expect(
      keys
        .find(ada?.[0] as string)
        ?.export()
        .toString('hex'),
    ).toBe(ada?.[1]);
  });

  test('that are destroyed are found by nobody, and none of their bytes is left in a file', async () => {
    const users = Array.from({ length: 2_000 }, (_, n) => `user ${n}`);
    const made = await Promise.all(users.map(user => keys.make(user)));
    await Promise.all(users.slice(0, 1_900).map(user => keys.erase(user, `erasure of ${user}`)));
    const gone = made.slice(0, 1_900);
    const bytes = gone.map(({ key }) => key.export());
    for (const running of [true, false]) {
      if (!running) await reopen();
      expect(gone.filter(({ id }) => keys.find(id) !== undefined)).toEqual([]);
      expect(bytes.filter(key => filesWith(directory, key).length > 0)).toEqual([]);
      expect(filesWith(directory, made[1_950]!.key.export())).not.toEqual([]);
    }
    expect(keys.current('user 1')).toBeUndefined();
    expect(keys.current('user 1950')?.id).toBe(made[1_950]?.id);
  }, 240_000);

  test('one erasure destroys once, in whatever process it is repeated', async () => {
    const first = await keys.make('ada');
    await keys.erase('ada', 'e1');
    const second = await keys.make('ada');
    expect(second.id).not.toBe(first.id);
    await keys.erase('ada', 'e1');
    await reopen();
    await keys.erase('ada', 'e1');
    expect(keys.current('ada')?.id).toBe(second.id);
    await keys.erase('ada', 'e2');
    expect(keys.current('ada')).toBeUndefined();
    expect(keys.lastErasure).toBe('e2');
    await keys.erase('ada', 'e1');
    expect(keys.lastErasure).toBe('e2');
    await reopen();
    expect(keys.lastErasure).toBe('e2');
  });

  test('an erasure of a user who has no key is not counted: nothing that was read before reads otherwise now', async () => {
    await keys.make('ada');
    await keys.erase('ada', 'e1');
    await keys.erase('nobody', 'e2');
    expect(keys.lastErasure).toBe('e1');
    await keys.make('nobody');
    await keys.erase('nobody', 'e2');
    expect(keys.current('nobody')).toBeDefined();
    expect(keys.lastErasure).toBe('e1');
  });

  test('where an old copy could not be removed yet, the erasure fails, but the key is used by nobody any more', async () => {
    const ada = await keys.make('ada');
    const reader = new DatabaseSync(join(directory, 'keys.sqlite'), { readOnly: true });
    try {
      reader.exec('BEGIN; SELECT * FROM keys;');
      reader.prepare('SELECT * FROM keys').all();
      await expect(keys.erase('ada', 'e')).rejects.toThrow(LogUnavailable);
      expect(keys.find(ada.id)).toBeUndefined();
      expect(keys.current('ada')).toBeUndefined();
      expect(keys.lastErasure).toBe('e');
    } finally {
      reader.close();
    }
    await keys.erase('ada', 'e');
    expect(filesWith(directory, ada.key.export())).toEqual([]);
  }, 240_000);

  test('requests are carried out in the order in which they come', async () => {
    const [before, , after] = await Promise.all([keys.make('ada'), keys.erase('ada', 'e'), keys.make('ada')]);
    expect(after.id).not.toBe(before.id);
    expect(keys.find(before.id)).toBeUndefined();
    expect(keys.current('ada')?.id).toBe(after.id);
  });

  test('how far erasures are carried out is remembered', async () => {
    expect(keys.erasedUpTo).toBe(START);
    await keys.noteErasedUpTo(17);
    await reopen();
    expect(keys.erasedUpTo).toBe(17);
  });

  test('belong to one process at a time', async () => {
    await expect(openUserKeys(directory)).rejects.toThrow(LogLocked);
  });

  test('are refused after closing', async () => {
    const ada = await keys.make('ada');
    await keys.close();
    await expect(keys.make('grace')).rejects.toThrow(LogUnavailable);
    await expect(keys.erase('ada', 'e')).rejects.toThrow(LogUnavailable);
    expect(() => keys.current('grace')).toThrow(LogUnavailable);
    await reopen();
    expect(keys.current('ada')?.id).toBe(ada.id);
  });
});
