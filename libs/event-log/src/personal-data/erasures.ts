import type { UserErased } from '#libs/domain';
import { LogUnavailable } from '../event-log-errors.js';
import {
  START,
  type AppendResult,
  type EventLog,
  type ExpectedRevision,
  type NewEvent,
} from '../event-log.js';
import type { UserKeys } from './user-keys.js';

const ERASURE: UserErased['type'] = 'UserErased';

export const isErasure = ({ type }: Pick<NewEvent, 'type'>): boolean => type === ERASURE;

/** The user whom an event erases; undefined for events that only bear the name. */
const userOf = ({ data }: Pick<NewEvent, 'data'>): string | undefined => {
  const userId = (data as Partial<UserErased['data']> | null)?.userId;
  return typeof userId === 'string' ? userId : undefined;
};

/** Where to see whether an erasure of unknown outcome stands in the log. */
interface Unsettled {
  readonly stream: string;
  readonly ids: ReadonlySet<string>;
}

/**
 * Destroys the keys of users whom an event in the log erases, before the append of that event is answered. What stands
 * before the event in the log is sealed with keys that are destroyed, what stands behind it with later ones: while an
 * erasure is under way, its user's texts wait.
 */
export class Erasures {
  readonly #underWay = new Map<string, Promise<unknown>>();
  readonly #unsettled = new Map<string, Unsettled>();

  constructor(
    private readonly log: EventLog,
    private readonly keys: UserKeys,
  ) {}

  /** Whether a user's texts must wait for `ready` before they get a key. */
  concerns(userId: string): boolean {
    return this.#underWay.has(userId) || this.#unsettled.has(userId);
  }

  /** Resolves once no erasure is in the way. @throws LogUnavailable when it is unknown whether one took place. */
  async ready(userId: string): Promise<void> {
    await this.#underWay.get(userId);
    await this.#settle(userId);
  }

  /**
   * Appends events of which some erase users.
   * @param before appends under way, of events that are sealed already
   */
  append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
    before: Promise<unknown>,
  ): Promise<AppendResult> {
    const ids = new Set(events.filter(isErasure).map(({ id }) => id));
    const users = new Set(events.filter(isErasure).flatMap(event => userOf(event) ?? []));
    const appending = this.#append(stream, events, expected, before).catch((error: unknown) => {
      if (error instanceof LogUnavailable) {
        for (const user of users) this.#unsettled.set(user, { stream, ids });
      }
      throw error;
    });
    const ended = Promise.allSettled([...[...users].map(user => this.#underWay.get(user)), appending]);
    for (const user of users) {
      this.#underWay.set(user, ended);
      void ended.then(() => this.#underWay.get(user) === ended && this.#underWay.delete(user));
    }
    return appending;
  }

  /** Carries out what a process that died has left, and what was noted on another machine. */
  async catchUp(): Promise<void> {
    const head = await this.log.head();
    const noted = this.keys.erasedUpTo;
    // Another log than the one of before.
    const from = noted > head ? START : noted;
    for await (const event of this.log.readAll({ from, types: [ERASURE] })) {
      const userId = userOf(event);
      if (userId !== undefined) await this.keys.erase(userId, event.id);
    }
    if (head !== noted) await this.keys.noteErasedUpTo(head);
  }

  async #append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
    before: Promise<unknown>,
  ): Promise<AppendResult> {
    await before;
    const result = await this.log.append(stream, events, expected);
    for (const event of result.events.filter(isErasure)) {
      const userId = userOf(event);
      if (userId !== undefined) await this.keys.erase(userId, event.id);
    }
    return result;
  }

  async #settle(userId: string): Promise<void> {
    const unsettled = this.#unsettled.get(userId);
    if (unsettled === undefined) return;
    for await (const { id } of this.log.readStream(unsettled.stream)) {
      if (unsettled.ids.has(id)) await this.keys.erase(userId, id);
    }
    if (this.#unsettled.get(userId) === unsettled) this.#unsettled.delete(userId);
  }
}
