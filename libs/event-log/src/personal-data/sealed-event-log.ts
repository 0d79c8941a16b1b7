import { checkAppend, eventJson } from '../append-validation.js';
import { InvalidAppend, LogUnavailable } from '../event-log-errors.js';
import type {
  AppendResult,
  EventLog,
  ExpectedRevision,
  NewEvent,
  Position,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
  TailOptions,
} from '../event-log.js';
import { Erasures, isErasure } from './erasures.js';
import { EventOpener, placeOf } from './event-opener.js';
import { mappedEvents } from './mapped-events.js';
import { mapTexts, ownerOf, personalTexts } from './personal-texts.js';
import { sealText } from './sealed-text.js';
import type { UserKeys } from './user-keys.js';
import type { UserKey } from './key-cache.js';

/** A log that keeps personal texts sealed, and forgets those of a user of whom an event UserErased is appended. */
export interface PersonalEventLog extends EventLog {
  /**
   * Id of the last event UserErased that destroyed a key; '' for none. What was read from the log under another may hold
   * texts that are erased since.
   */
  readonly lastErasure: string;
  /** Destroys the keys that a user has, once for each event UserErased. @throws LogUnavailable */
  eraseUser(userId: string, erasure: string): Promise<void>;
}

/**
 * Seals the texts that PERSONAL_DATA names on their way into a log, under a key of their user's, and opens them on their way
 * out: what they are in the log's store nobody can read without the keys, which are kept elsewhere.
 */
export class SealedEventLog implements PersonalEventLog {
  readonly #opener: EventOpener;
  readonly #erasures: Erasures;
  /** Appends that are sealed, or about to be. */
  readonly #underWay = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly keys: UserKeys,
  ) {
    this.#opener = new EventOpener(keys);
    this.#erasures = new Erasures(log, keys);
  }

  get lastErasure(): string {
    return this.keys.lastErasure;
  }

  /** To be called before anything else: carries out what a process that died has left. @throws LogUnavailable */
  catchUp(): Promise<void> {
    return this.#erasures.catchUp();
  }

  async eraseUser(userId: string, erasure: string): Promise<void> {
    try {
      await this.keys.erase(userId, erasure);
    } finally {
      this.#opener.forget();
    }
  }

  async append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    if (this.#closing !== undefined) throw new LogUnavailable('The event log is closed');
    const owners = ownersOf(events);
    if (events.some(isErasure)) {
      if (owners.size === 0) return this.#track(this.#appendErasure(stream, events, expected));
      throw new InvalidAppend(
        `An append to ${stream} erases a user and brings personal texts: give them apart`,
      );
    }
    const appending =
      owners.size === 0
        ? this.log.append(stream, events, expected)
        : this.#track(this.#appendSealed(stream, events, expected, owners));
    return this.#opener.openResult(await appending);
  }

  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent> {
    return mappedEvents(this.log.readStream(stream, options), this.#opener.open);
  }

  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent> {
    return mappedEvents(this.log.readAll(options), this.#opener.open);
  }

  tail(options: TailOptions): AsyncIterable<readonly RecordedEvent[]> {
    return mappedEvents(this.log.tail(options), this.#opener.openAll);
  }

  head(): Promise<Position> {
    return this.log.head();
  }

  positionBefore(time: string): Promise<Position> {
    return this.log.positionBefore(time);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await Promise.allSettled(this.#underWay);
    await this.log.close();
    await this.keys.close();
  }

  async #appendErasure(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    const before = Promise.allSettled(this.#underWay);
    try {
      return this.#opener.openResult(await this.#erasures.append(stream, events, expected, before));
    } finally {
      this.#opener.forget();
    }
  }

  /** At once where all keys are at hand, as they nearly always are; else once the missing ones are durable. */
  #appendSealed(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
    owners: ReadonlySet<string>,
  ): Promise<AppendResult> {
    const keys = new Map<string, UserKey>();
    for (const owner of owners) {
      const key = this.#erasures.concerns(owner) ? undefined : this.keys.current(owner);
      if (key === undefined) return this.#appendLater(stream, events, expected, owners);
      keys.set(owner, key);
    }
    return this.log.append(stream, this.#seal(events, keys), expected);
  }

  async #appendLater(
    stream: string,
    given: readonly NewEvent[],
    expected: ExpectedRevision,
    owners: ReadonlySet<string>,
  ): Promise<AppendResult> {
    checkAppend(stream, given, expected);
    // As they are now, whatever the writer does with its objects meanwhile.
    const events = given.map((event): NewEvent => {
      const { data, metadata } = eventJson(event);
      return {
        ...event,
        data: JSON.parse(data) as unknown,
        metadata: JSON.parse(metadata) as NewEvent['metadata'],
      };
    });
    const keys = new Map<string, UserKey>();
    await Promise.all(
      Array.from(owners, async owner => {
        if (this.#erasures.concerns(owner)) await this.#erasures.ready(owner);
        keys.set(owner, this.keys.current(owner) ?? (await this.keys.make(owner)));
      }),
    );
    return this.log.append(stream, this.#seal(events, keys), expected);
  }

  #seal(events: readonly NewEvent[], keys: ReadonlyMap<string, UserKey>): NewEvent[] {
    return events.map(event => {
      const texts = personalTexts(event.type);
      const key = texts && keys.get(ownerOf(event.data, texts) ?? '');
      if (texts === undefined || key === undefined) return event;
      const data = mapTexts(event.data, texts, (text, name) => {
        const sealed = sealText(text, key.id, key.key, placeOf(event.id, name));
        this.#opener.remember(sealed, text);
        return sealed;
      });
      return { ...event, data };
    });
  }

  #track<T>(append: Promise<T>): Promise<T> {
    this.#underWay.add(append);
    const ended = (): void => void this.#underWay.delete(append);
    void append.then(ended, ended);
    return append;
  }
}

const ownersOf = (events: readonly NewEvent[]): Set<string> => {
  const owners = new Set<string>();
  for (const { type, data } of events) {
    const texts = personalTexts(type);
    const owner = texts && ownerOf(data, texts);
    if (owner !== undefined) owners.add(owner);
  }
  return owners;
};
