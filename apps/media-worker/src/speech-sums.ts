/** How much a participant spoke since the last such sum. */
export interface SpokenTime {
  readonly participantId: string;
  /** To a tenth; what is less is part of the next sum. */
  readonly seconds: number;
  /** When it was summed up: ISO 8601, UTC. */
  readonly measuredAt: string;
}

/** Milliseconds from the first speech that was not told yet to the sum that tells it. */
export const TELL_AFTER_MS = 30_000;
/** A cough is no talk: what is shorter waits for more, or for the end. */
const LEAST_MS = 1000;
const TENTH_MS = 100;

interface Sum {
  ms: number;
  timer?: NodeJS.Timeout;
}

/**
 * Sums speech by participant. Each sum is told at most every 30 seconds: whoever speaks without a pause causes 120 events an
 * hour, a meeting in which one speaks at a time hardly more, and silence none.
 */
export class SpeechSums {
  readonly #tell: (spoken: SpokenTime) => void;
  readonly #sums = new Map<string, Sum>();

  constructor(tell: (spoken: SpokenTime) => void) {
    this.#tell = tell;
  }

  /** The participant spoke for this many milliseconds more. */
  heard(participantId: string, ms: number): void {
    const sum = this.#sums.get(participantId) ?? { ms: 0 };
    this.#sums.set(participantId, sum);
    sum.ms += ms;
    sum.timer ??= setTimeout(() => {
      delete sum.timer;
      this.#sumUp(participantId, sum, LEAST_MS);
    }, TELL_AFTER_MS);
  }

  /** Tells now what the participant spoke, for no more may come. */
  settle(participantId: string): void {
    const sum = this.#sums.get(participantId);
    if (!sum) return;
    clearTimeout(sum.timer);
    delete sum.timer;
    this.#sumUp(participantId, sum, TENTH_MS);
  }

  settleAll(): void {
    for (const participantId of [...this.#sums.keys()]) this.settle(participantId);
  }

  #sumUp(participantId: string, sum: Sum, leastMs: number): void {
    if (sum.ms < leastMs) return;
    const tenths = Math.floor(sum.ms / TENTH_MS);
    sum.ms -= tenths * TENTH_MS;
    if (sum.ms === 0) this.#sums.delete(participantId);
    this.#tell({ participantId, seconds: tenths / 10, measuredAt: new Date().toISOString() });
  }
}
