import { START, type Position } from '../event-log.js';
import { AllPages } from './all-pages.js';
import type { Connection } from './connection.js';

/** An event that was walked over: nothing at it or after it happened before `oldest` (milliseconds since 1970). */
interface Landmark {
  readonly position: Position;
  readonly oldest: number;
}

/** Events between two landmarks: a walk from one to the next takes some tens of milliseconds. */
const APART = 2_048;

/**
 * `EventLog.positionBefore` on a server. EventStoreDB has no index by time, and takes no positions but those of events, so
 * nothing can be halved: the log is walked back from its end to the first event that is older. What was walked over is
 * remembered, so that only the first question about a stretch of the log costs as much as reading it.
 */
export class TimesWalked {
  /** From the log's end backwards. A walk begins at the nearest one, so they do not come to stand closer. */
  readonly #landmarks: Landmark[] = [];

  constructor(readonly connection: Connection) {}

  async positionBefore(time: string): Promise<Position> {
    const at = Date.parse(time);
    const start = this.#landmarks.findLast(({ oldest }) => oldest >= at);
    let oldest = start?.oldest ?? Infinity;
    let walked = 0;
    const pages = new AllPages(this.connection, 'backwards', start?.position, Infinity);
    try {
      for (let page = await pages.next(); page !== undefined; page = await pages.next()) {
        for (const event of page) {
          const happened = Date.parse(event.time);
          if (happened < at) return event.position;
          oldest = Math.min(oldest, happened);
          walked += 1;
          if (walked % APART === 0) this.#remember({ position: event.position, oldest });
        }
      }
      return START;
    } finally {
      pages.leave();
    }
  }

  #remember(landmark: Landmark): void {
    this.#landmarks.push(landmark);
    this.#landmarks.sort((one, other) => other.position - one.position);
  }
}
