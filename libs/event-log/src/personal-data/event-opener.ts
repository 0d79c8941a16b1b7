import type { KeyObject } from 'node:crypto';
import { ERASED } from '#libs/domain';
import type { AppendResult, RecordedEvent } from '../event-log.js';
import { mapTexts, personalTexts } from './personal-texts.js';
import { keyIdOf, openText } from './sealed-text.js';

/** Where keys are found by their ids; undefined for one that was destroyed. */
export interface KeyFinder {
  find(keyId: string): KeyObject | undefined;
}

/** What is authenticated with a text: the event it belongs to, and the field. */
export const placeOf = (eventId: string, name: string): string => `${eventId}\n${name}`;

/** Texts remembered of those sealed last: they come back in the append's answer, and to tails. */
const REMEMBERED = 500;

/** Gives events with their personal texts in the plain; '[erased]' for those whose key was destroyed or that are damaged. */
export class EventOpener {
  /** A live event reaches every tail as the same object. */
  #opened = new WeakMap<RecordedEvent, RecordedEvent>();
  readonly #sealedLately = new Map<string, string>();

  constructor(private readonly keys: KeyFinder) {}

  /** The event itself when it has no personal texts. */
  readonly open = (event: RecordedEvent): RecordedEvent => {
    const texts = personalTexts(event.type);
    if (texts === undefined) return event;
    const known = this.#opened.get(event);
    if (known !== undefined) return known;
    const data = mapTexts(event.data, texts, (text, name) => this.#text(text, placeOf(event.id, name)));
    const opened = data === event.data ? event : { ...event, data };
    this.#opened.set(event, opened);
    return opened;
  };

  readonly openAll = (events: readonly RecordedEvent[]): readonly RecordedEvent[] =>
    events.some(({ type }) => personalTexts(type) !== undefined) ? events.map(this.open) : events;

  readonly openResult = (result: AppendResult): AppendResult => {
    const events = this.openAll(result.events);
    return events === result.events ? result : { ...result, events };
  };

  /** What a text opens to that was sealed just now, so that it need not be decrypted again. */
  remember(sealed: string, text: string): void {
    if (this.#sealedLately.size >= REMEMBERED) this.#sealedLately.clear();
    this.#sealedLately.set(sealed, text);
  }

  /** After a key was destroyed: nothing that was opened before is given again. */
  forget(): void {
    this.#opened = new WeakMap();
    this.#sealedLately.clear();
  }

  #text(text: string, place: string): string {
    const keyId = keyIdOf(text);
    // A log of before has plain texts.
    if (keyId === undefined) return text;
    const lately = this.#sealedLately.get(text);
    if (lately !== undefined) return lately;
    const key = this.keys.find(keyId);
    return (key && openText(text, keyId, key, place)) ?? ERASED;
  }
}
