import type { Position } from '#libs/event-log';
import type { ToldEvent } from './told-event.js';

/** What is kept at most, in events and in bytes of their messages. */
const MOST_EVENTS = 256;
const MOST_BYTES = 256 * 1024;

/** The last that was told in a meeting, for those who were away for a moment: many come back at once. */
export class RecentPushes {
  private readonly kept: ToldEvent[] = [];
  private bytes = 0;

  /** @param from a position after which nothing was told so far */
  constructor(private from: Position) {}

  add(told: ToldEvent): void {
    this.kept.push(told);
    this.bytes += told.size;
    while (this.kept.length > MOST_EVENTS || this.bytes > MOST_BYTES) {
      const oldest = this.kept.shift() as ToldEvent;
      this.bytes -= oldest.size;
      this.from = oldest.position;
    }
  }

  /** All that was told after a position, in order; undefined when it is not known any more. */
  since(position: Position): readonly ToldEvent[] | undefined {
    if (position < this.from) return undefined;
    return this.kept.filter(told => told.position > position);
  }

  /** Knows nothing of what was told up to this position, which is that of the last event. */
  forget(position: Position): void {
    this.kept.length = 0;
    this.bytes = 0;
    this.from = position;
  }
}
