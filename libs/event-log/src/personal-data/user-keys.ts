import type { KeyObject } from 'node:crypto';
import type { Worker } from 'node:worker_threads';
import { LogUnavailable } from '../event-log-errors.js';
import type { Position } from '../event-log.js';
import { KeyCache, type UserKey } from './key-cache.js';
import type { KeyFile } from './key-file.js';
import type {
  FromKeyThread,
  KeyAnswer,
  ToKeyThread,
  WantedErasure,
  WantedKey,
  WantedNote,
} from './key-messages.js';

type Request = Omit<WantedKey, 'request'> | Omit<WantedErasure, 'request'> | Omit<WantedNote, 'request'>;

interface Asked {
  readonly resolve: (answer: KeyAnswer) => void;
  readonly reject: (error: Error) => void;
}

export interface UserKeysParts {
  /** The keys' thread, which has opened their file. */
  readonly worker: Worker;
  readonly file: KeyFile;
}

/**
 * The keys of users' personal texts, one for each user, kept apart from the log. Destroying a key erases what it sealed,
 * wherever that stands.
 */
export class UserKeys {
  readonly #parts: UserKeysParts;
  readonly #cache: KeyCache;
  readonly #asked = new Map<number, Asked>();
  #requests = 0;
  #lastErasure: string;
  #refusal: LogUnavailable | undefined;

  constructor(parts: UserKeysParts) {
    this.#parts = parts;
    this.#cache = new KeyCache(parts.file);
    this.#lastErasure = parts.file.lastErasure();
    parts.worker.on('message', (message: FromKeyThread) => this.#handle(message));
    parts.worker.on('error', cause =>
      this.#fail(new LogUnavailable('The keys of personal data failed', { cause })),
    );
    parts.worker.on('exit', () => this.#fail(new LogUnavailable('The event log is closed')));
  }

  /** Id of the last erasure that destroyed a key; after opening, of the last one that was carried out; '' for none. */
  get lastErasure(): string {
    return this.#lastErasure;
  }

  /** Position up to which all erasures in the log were carried out when it was noted last. */
  get erasedUpTo(): Position {
    return this.#parts.file.erasedUpTo();
  }

  /** The key that opens what was sealed under this id; undefined when it was destroyed. */
  find(keyId: string): KeyObject | undefined {
    return this.#cache.find(keyId);
  }

  /** The key for a user's next texts, where there is one already. */
  current(userId: string): UserKey | undefined {
    return this.#cache.current(userId);
  }

  /** The key for a user's next texts, made when there is none; resolved once it is durable. @throws LogUnavailable */
  async make(userId: string): Promise<UserKey> {
    const { key } = granted(await this.#ask({ userId }));
    if (key === undefined) throw new LogUnavailable('The keys of personal data gave no key');
    return this.#cache.add(userId, key);
  }

  /**
   * Destroys the keys that a user has; resolved once nothing of them is in the files. The same erasure destroys once: a
   * repeat leaves the key alone that the user got since.
   * @param erasure id of the event that says so
   * @throws LogUnavailable
   */
  async erase(userId: string, erasure: string): Promise<void> {
    const answer = await this.#ask({ userId, erasure });
    this.#cache.clear();
    // Also where it failed after that: nothing may be sealed with a key that is destroyed, or read as it was before.
    if (answer.erased === true) this.#lastErasure = erasure;
    granted(answer);
  }

  /** Notes that all erasures in the log up to a position are carried out. @throws LogUnavailable */
  async noteErasedUpTo(position: Position): Promise<void> {
    granted(await this.#ask({ erasedUpTo: position }));
  }

  /** Finishes what is under way, then refuses everything with LogUnavailable. */
  async close(): Promise<void> {
    if (this.#refusal !== undefined) return;
    this.#refusal = new LogUnavailable('The event log is closed');
    const { worker, file } = this.#parts;
    file.close();
    const exited = new Promise(resolve => worker.once('exit', resolve));
    worker.postMessage('close' satisfies ToKeyThread);
    await exited;
  }

  #ask(wanted: Request): Promise<KeyAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#refusal !== undefined) throw this.#refusal;
      const request = (this.#requests += 1);
      this.#asked.set(request, { resolve, reject });
      this.#parts.worker.postMessage({ ...wanted, request } satisfies ToKeyThread);
    });
  }

  #handle(message: FromKeyThread): void {
    if (message === 'opened') return;
    for (const answer of message) {
      this.#asked.get(answer.request)?.resolve(answer);
      this.#asked.delete(answer.request);
    }
  }

  /** The thread is gone, and with it the answers. */
  #fail(refusal: LogUnavailable): void {
    this.#refusal ??= refusal;
    for (const { reject } of this.#asked.values()) reject(refusal);
    this.#asked.clear();
  }
}

/** @throws LogUnavailable for what failed */
const granted = (answer: KeyAnswer): KeyAnswer => {
  if (answer.error === undefined) return answer;
  throw new LogUnavailable(`The keys of personal data could not be written: ${answer.error}`);
};
