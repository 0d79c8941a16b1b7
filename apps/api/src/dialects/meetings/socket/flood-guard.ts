import type { Allowance } from '../../../platform/rate-limits/rate-limit.js';

/** Messages beyond the limit, one after the other, after which a connection is closed. */
const PATIENCE = 1_000;

/** What becomes of a message: it is taken, refused with a word or without one, or the last that the connection sends. */
export type Verdict = 'take' | 'refuse' | 'ignore' | 'close';

/** Decides about messages by how their user stands: a flood is answered once per window, and ended where it does not stop. */
export class FloodGuard {
  private refused = 0;
  /** End of the window in which the client was told, in seconds since 1970. */
  private toldUntil = 0;

  judge({ exceeded, resetAt }: Allowance): Verdict {
    if (!exceeded) {
      this.refused = 0;
      return 'take';
    }
    this.refused += 1;
    if (this.refused > PATIENCE) return 'close';
    // The end of one window is reckoned to a second.
    if (resetAt <= this.toldUntil + 1) return 'ignore';
    this.toldUntil = resetAt;
    return 'refuse';
  }
}
