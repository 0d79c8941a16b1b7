import type { EventLog, RecordedEvent } from '../event-log.js';
import { toWireEvent } from '../eventstoredb/wire-event.js';
import type { ReadEvent } from './read-responses.js';
import { seen } from './stream-view.js';
import type { StreamStates } from './stream-states.js';

const LINK_TYPE = '$>';
const LINK = /^(\d{1,16})@(.+)$/s;

/** Gives the event as a user is shown it; undefined when it is not for that user. */
export type Show = (event: RecordedEvent, userId: string) => RecordedEvent | undefined;

/** What one client gets to see of events: through `show`, and with links followed where it asked for that. */
export class VisibleEvents {
  constructor(
    readonly log: EventLog,
    readonly states: StreamStates,
    readonly show: ((event: RecordedEvent) => RecordedEvent | undefined) | undefined,
    readonly resolveLinks: boolean,
  ) {}

  /** At once, but for a link that is to be followed. */
  of(event: RecordedEvent): ReadEvent | undefined | Promise<ReadEvent | undefined> {
    const shown = this.show === undefined ? event : this.show(event);
    if (shown === undefined) return undefined;
    return this.resolveLinks && shown.type === LINK_TYPE ? this.#follow(shown) : { event: shown };
  }

  async #follow(link: RecordedEvent): Promise<ReadEvent | undefined> {
    const [, revision, stream] = LINK.exec(Buffer.from(toWireEvent(link).data).toString()) ?? [];
    if (stream === undefined) return { link };
    const state = await this.states.of(stream);
    if (state.isTombstoned) return { link };
    const view = await seen(this.log, stream, state);
    const from = Number(revision);
    if (from < view.first) return { link };
    for await (const event of this.log.readStream(stream, { from, limit: 1 })) {
      const shown = this.show === undefined ? event : this.show(event);
      return shown === undefined || view.isTooOld(shown) ? { link } : { event: shown, link };
    }
    return { link };
  }
}
