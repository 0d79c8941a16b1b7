/**
 * The thread that writes keys: a key must be on disk before a text sealed with it is, and the event loop of the main thread
 * must not wait for a disk. It takes all requests that wait and commits them together.
 *
 * It runs as it stands, as TypeScript in tests and compiled elsewhere: erasable syntax only, and no import of a value from
 * a file beside it.
 */
import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type {
  FromKeyThread,
  KeyAnswer,
  KeyThreadOptions,
  StoredKey,
  ToKeyThread,
  WantedErasure,
} from './key-messages.js';

const KEY_BYTES = 32;
/** As text 12 characters. */
const ID_BYTES = 9;
const MAX_TOGETHER = 1_000;
/** Another process that reads keeps the WAL from being emptied, for as long as it reads. */
const TRUNCATIONS = 3;

if (parentPort === null) throw new Error('Keys are written only by a thread of their own');
const port = parentPort;
const options = workerData as KeyThreadOptions;
const database = openDatabase();

const begin = database.prepare('BEGIN IMMEDIATE');
const commit = database.prepare('COMMIT');
const selectKey = database.prepare('SELECT id, key FROM keys WHERE user = ? AND destroyed = 0');
const insertKey = database.prepare('INSERT INTO keys (id, user, key, destroyed) VALUES (?, ?, ?, 0)');
const destroyKeys = database.prepare(
  `UPDATE keys SET key = zeroblob(${KEY_BYTES}), destroyed = 1 WHERE user = ? AND destroyed = 0`,
);
const insertErasure = database.prepare('INSERT OR IGNORE INTO erasures (id) VALUES (?)');
const updateProgress = database.prepare('UPDATE progress SET erased_up_to = ?');
const truncate = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)');

port.on('message', (first: ToKeyThread) => {
  const requests: Exclude<ToKeyThread, 'close'>[] = [];
  let closing = false;
  let message: ToKeyThread | undefined = first;
  while (message !== undefined) {
    if (message === 'close') {
      closing = true;
      break;
    }
    requests.push(message);
    if (requests.length === MAX_TOGETHER) break;
    message = receiveMessageOnPort(port)?.message as ToKeyThread | undefined;
  }
  if (requests.length > 0) post(carryOut(requests));
  if (closing) {
    database.close();
    port.close();
  }
});
post('opened');

function post(message: FromKeyThread): void {
  port.postMessage(message);
}

function openDatabase(): DatabaseSync {
  const db = new DatabaseSync(options.databasePath, { timeout: 5_000 });
  db.exec('PRAGMA secure_delete = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version === 0) db.exec(`BEGIN IMMEDIATE; ${options.schema} COMMIT;`);
  else if (version !== options.schemaVersion) {
    throw new Error(`the keys have format ${version}, and this Parley reads format ${options.schemaVersion}`);
  }
  // A process that ended in the midst of an erasure may have left pages with a destroyed key.
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  return db;
}

function carryOut(requests: readonly Exclude<ToKeyThread, 'close'>[]): KeyAnswer[] {
  try {
    begin.run();
    const answers = requests.map((wanted): KeyAnswer => {
      const { request } = wanted;
      if ('erasure' in wanted) return { request, erased: eraseOnce(wanted) };
      if ('userId' in wanted) return { request, key: keyOf(wanted.userId) };
      updateProgress.run(wanted.erasedUpTo);
      return { request };
    });
    commit.run();
    // Pages as they were before stand in the WAL, and in the file until pages are copied home.
    if (!requests.some(wanted => 'erasure' in wanted) || truncated()) return answers;
    return answers.map((answer, i) =>
      'erasure' in (requests[i] as object)
        ? { ...answer, error: 'another process reads the keys for too long' }
        : answer,
    );
  } catch (cause) {
    if (database.isTransaction) database.exec('ROLLBACK');
    const error = cause instanceof Error ? cause.message : String(cause);
    return requests.map(({ request }) => ({ request, error }));
  }
}

function keyOf(userId: string): StoredKey {
  const found = selectKey.get(userId) as { id: string; key: Uint8Array } | undefined;
  if (found !== undefined) return { id: found.id, key: found.key };
  const made = { id: randomBytes(ID_BYTES).toString('base64url'), key: randomBytes(KEY_BYTES) };
  insertKey.run(made.id, userId, made.key);
  return made;
}

function eraseOnce({ userId, erasure }: WantedErasure): boolean {
  if (insertErasure.run(erasure).changes === 0) return false;
  return destroyKeys.run(userId).changes > 0;
}

function truncated(): boolean {
  for (let i = 0; i < TRUNCATIONS; i += 1) {
    if ((truncate.get() as { busy: number }).busy === 0) return true;
  }
  return false;
}
