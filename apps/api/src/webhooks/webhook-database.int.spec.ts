import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { openWebhookDatabase } from './webhook-database.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'parley-webhooks-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

it('what is sent where is for the owner of the files alone', async () => {
  const tables = await openWebhookDatabase(join(directory, 'webhooks.db'));
  await tables.insertInto('followed').values({ id: 1, position: 7 }).execute();
  const files = readdirSync(directory).map(name => [name, statSync(join(directory, name)).mode & 0o077]);
  expect(files.sort()).toEqual([
    ['webhooks.db', 0],
    ['webhooks.db-shm', 0],
    ['webhooks.db-wal', 0],
  ]);
  await tables.destroy();
});
