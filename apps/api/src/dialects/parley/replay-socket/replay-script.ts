import { meetingAt, type MeetingMoment } from '#libs/domain';
import type { TypedEvent } from '#libs/event-log';
import { wrongField } from '../../../replay/wrong-field.js';
import type { Score } from './replay-player.js';

/** A place that a client may name: one of these. */
export interface PlaceWish {
  /** ISO 8601. */
  readonly time?: string;
  /** Milliseconds since the first event. */
  readonly offsetMs?: number;
  /** Of an event in the log; the place is after it. */
  readonly position?: number;
  /** Of the event that is to come next. */
  readonly index?: number;
}

/** Chat messages that a state shows: the last ones. Each was told as an event as well. */
const MESSAGES_SHOWN = 100;

/** The events of a meeting, as the user who replays is shown them, and the times at which they are to be played. */
export class ReplayScript implements Score {
  readonly events: TypedEvent[] = [];
  readonly at: number[] = [];
  /** As the events tell them: clocks of several nodes may differ, and then they do not only rise. */
  private readonly times: number[] = [];
  live = true;

  constructor(events: readonly TypedEvent[]) {
    this.append(events);
  }

  /** Takes in what comes after all that there is. */
  append(events: readonly TypedEvent[]): void {
    for (const event of events) {
      const time = Date.parse(event.time);
      this.events.push(event);
      this.times.push(time);
      this.at.push(Math.max(time, this.at.at(-1) ?? time));
      if (event.type === 'MeetingEnded') this.live = false;
    }
  }

  /** Milliseconds since the first event. */
  offset(at: number): number {
    return at - (this.at[0] ?? at);
  }

  /** The meeting after so many events, its chat cut to the last messages. */
  stateAt(index: number): MeetingMoment {
    const { chat, ...moment } = meetingAt(this.events.slice(0, index));
    return { ...moment, chat: { count: chat.count, messages: chat.messages.slice(-MESSAGES_SHOWN) } };
  }

  /**
   * Where the player is to go.
   * @param now milliseconds since 1970
   * @throws DomainError VALIDATION_FAILED for a place that there is not (yet)
   */
  placeOf(to: PlaceWish, now: number): { readonly next: number; readonly waited: number } {
    const count = this.events.length;
    if (to.index !== undefined) {
      if (to.index > count) throw wrongField('to.index', `must be at most ${count}, the number of events`);
      return { next: to.index, waited: 0 };
    }
    if (to.position !== undefined) {
      const { position } = to;
      const last = this.events.at(-1)?.position ?? -1;
      if (position > last) throw wrongField('to.position', `must be at most ${last}, that of the last event`);
      return { next: this.events.findLastIndex(event => event.position <= position) + 1, waited: 0 };
    }
    if (to.time !== undefined) return this.placeAt(Date.parse(to.time), now, 'to.time');
    return this.placeAt((this.times[0] ?? 0) + (to.offsetMs ?? 0), now, 'to.offsetMs');
  }

  private placeAt(time: number, now: number, field: string): { next: number; waited: number } {
    if (time > now) throw wrongField(field, `lies in the future: it is ${new Date(now).toISOString()} now`);
    // The rule of eventsUntil: a beginning of the log, so that nothing is missing that a later event follows from.
    const next = this.times.findLastIndex(one => one <= time) + 1;
    const before = this.at[next - 1];
    return { next, waited: before === undefined ? 0 : Math.max(0, time - before) };
  }
}
