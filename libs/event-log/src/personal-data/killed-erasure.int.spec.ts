import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { ERASED } from '#libs/domain';
import { collect } from '../contract/contract-fixtures.js';
import { openEventLog, openEventLogReader } from '../open-event-log.js';
import { filesWith } from './personal-fixtures.js';
import { KeyFile } from './key-file.js';

const LOADER = new URL('../../test/typescript-sources.mjs', import.meta.url).href;
const PROGRAM = fileURLToPath(new URL('../../test/erasing-process.ts', import.meta.url));

test('a process killed between the event and the destruction of the key: the next one destroys it before anything else', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-killed-erasure-'));
  const child = spawn(process.execPath, ['--conditions=source', '--import', LOADER, PROGRAM, dataDir], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  expect(line).toBe('recorded');
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;

  const left = new KeyFile(join(dataDir, 'keys'));
  const key = Buffer.from(left.byUser('ada')!.key);
  left.close();
  expect(filesWith(join(dataDir, 'keys'), key)).not.toEqual([]);
  const contents = async (): Promise<unknown[]> => {
    const reader = await openEventLogReader({ dataDir, eventLog: '' });
    const events = await collect(reader.readAll({ types: ['ChatMessageSent'] }));
    await reader.close();
    return events.map(({ data }) => (data as { content: unknown }).content);
  };
  expect(await contents()).toEqual(['of Ada', 'of Grace']);

  const log = await openEventLog({ dataDir, eventLog: '' });
  expect(filesWith(join(dataDir, 'keys'), key)).toEqual([]);
  expect(log.lastErasure).toBe('UserErased in user-ada');
  expect(await contents()).toEqual([ERASED, 'of Grace']);
  await log.close();
  rmSync(dataDir, { recursive: true });
});
