import { Injectable } from '@nestjs/common';

/** The longest that a timer of Node can wait; what is longer it would not wait for at all. */
const LONGEST_WAIT = 2 ** 31 - 1;

/** The time by which replays are played, so that tests can let it pass. */
@Injectable()
export class ReplayClock {
  /** Milliseconds since some moment; they never go back, whatever happens to the time of day. */
  now(): number {
    return performance.now();
  }

  /** Calls back after so many milliseconds, or earlier where that is longer than a timer can be. @returns what stops it */
  after(milliseconds: number, callBack: () => void): () => void {
    const timer = setTimeout(callBack, Math.min(milliseconds, LONGEST_WAIT));
    return () => clearTimeout(timer);
  }
}
