import type { RecordedEvent } from '#libs/event-log';
import { isKeyedEventId } from './keyed-event-id.js';

/** Keyed ids that one actor remembers; older ones are looked up in the log. */
const REMEMBERED = 1000;

/** Where in its stream the events with keyed ids stand: what an actor has seen of them. */
export class KeyedRevisions {
  readonly #revisions = new Map<string, number>();
  #complete: boolean;

  /** @param complete whether every event of the stream up to now has been, or is about to be, noted. */
  constructor(complete: boolean) {
    this.#complete = complete;
  }

  /** Whether an id that is not remembered certainly does not stand in the part of the stream that the actor has read. */
  get complete(): boolean {
    return this.#complete;
  }

  note({ id, revision }: Pick<RecordedEvent, 'id' | 'revision'>): void {
    if (!isKeyedEventId(id)) return;
    this.#revisions.set(id, revision);
    if (this.#revisions.size <= REMEMBERED) return;
    for (const oldest of this.#revisions.keys()) {
      this.#revisions.delete(oldest);
      break;
    }
    this.#complete = false;
  }

  revisionOf(id: string): number | undefined {
    return this.#revisions.get(id);
  }
}
